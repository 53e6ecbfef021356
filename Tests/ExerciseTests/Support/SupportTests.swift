import Foundation
import Processes
import Testing

/// The tests' own support code, tried on programs that every system has.
struct SupportTests {
    @Test func aProgramGivesBackItsInput() throws {
        let text = String(repeating: "0123456789abcde\n", count: 40_000)
        let result = try Running(["/bin/cat"]).runToEnd(input: text)
        #expect(result == ProgramResult(exit: 0, stdout: text, stderr: ""))
    }

    @Test func linesAreFoundInAnyOrderAndOnce() throws {
        let shell = try Running(["/bin/sh", "-c", "echo one; echo two; echo one more; printf end"])
        #expect(try shell.waitForLine(containing: "two") == "two")
        #expect(try shell.waitForLine(startingWith: "one") == "one")
        #expect(try shell.waitForLine(containing: "one") == "one more")
        #expect(try shell.nextLine() == "end")
        #expect(throws: ProgramFailure.self) { try shell.nextLine() }
        #expect(try shell.waitForExit() == 0)
        #expect(shell.standardOutput == "one\ntwo\none more\nend")
    }

    @Test func aPromptIsSeenBeforeItsLineEnds() throws {
        let shell = try Running(
            ["/bin/sh", "-c", "printf 'name: '; read name; echo \"hello $name\""])
        try shell.waitForText("name: ")
        try shell.write("anna\n")
        try shell.waitForLine(containing: "hello anna")
        #expect(try shell.waitForExit() == 0)
    }

    @Test func theReadyLineTellsThePort() throws {
        let shell = try Running(
            ["/bin/sh", "-c", "echo 'x-server: listening on [::1]:10000' >&2; read wait"])
        #expect(try shell.listeningPort() == 10000)
        #expect(try shell.listeningPort() == 10000)
        #expect(shell.isAlive)
    }

    @Test func exitCodesAndSignalsAreTold() throws {
        #expect(try Running(["/bin/sh", "-c", "exit 64"]).waitForExit() == 64)
        #expect(try Running(["/bin/sh", "-c", "kill -TERM $$"]).waitForExit() == -SIGTERM)
        let cat = try Running(["/bin/cat"])
        cat.signal(SIGTERM)
        #expect(try cat.waitForExit() == -SIGTERM)
        #expect(cat.end() == nil)
        #expect(throws: ProcessError.self) { try Running(["/nowhere/at-all"]) }
    }

    @Test func environmentFolderAndLimitReachTheProgram() throws {
        let shell = try Running(
            ["/bin/sh", "-c", #"echo "$COLOUR $1"; pwd -P; ulimit -n"#, "sh", "a  b"],
            environment: ["COLOUR": "green"], folder: "/", descriptorLimit: 17)
        #expect(try shell.runToEnd().stdout == "green a  b\n/\n17\n")
    }

    @Test func noDescriptorLeaksIntoAProgram() throws {
        let server = try RawServer()
        let client = try RawClient(port: server.port)
        let other = try Running(["/bin/cat"])
        let cat = try Running(["/bin/cat"])
        try cat.write("here\n")
        try cat.waitForLine(containing: "here")
        if let count = cat.openDescriptors { #expect(count == 3) }
        if let memory = cat.residentMemory { #expect(memory > 0) }
        if let ticks = cat.processorTicks { #expect(ticks >= 0) }
        client.close()
        other.end()
        #expect(!other.isAlive)
    }

    @Test func aMissingProgramSaysHowToBuildIt() {
        let failure = #expect(throws: ProgramFailure.self) { try run("no-such-program") }
        #expect(failure?.description.contains("swift build") == true)
    }

    @Test func aFailureShowsWhatTheProgramSaid() throws {
        let failure = #expect(throws: ProgramFailure.self) {
            let shell = try Running(["/bin/sh", "-c", "echo this; echo that >&2; exit 3"])
            try finishing(shell) { try $0.waitForLine(containing: "else") }
        }
        let text = try #require(failure?.description)
        #expect(text.contains("this") && text.contains("that"))
    }

    @Test func rawConnectionsCarryBytesLinesAndEnds() throws {
        for address in ["127.0.0.1"] + (RawServer.supportsIPv6 ? ["::1"] : []) {
            let server = try RawServer(address: address)
            let client = try RawClient(port: server.port, address: address, receiveBuffer: 4096)
            let connection = try server.accept()
            try client.sendInPieces("abc\nde")
            client.shutdownSending()
            #expect(try connection.receive(exactly: 2) == [0x61, 0x62])
            #expect(try connection.receiveLine() == "c")
            #expect(try connection.receiveToEnd() == [0x64, 0x65])
            #expect(throws: RawSocketError.self) { try connection.receive(exactly: 1) }
            connection.reset()
            let error = #expect(throws: RawSocketError.self) { try client.receiveToEnd() }
            #expect(error?.code == ECONNRESET)
        }
    }

    @Test func aHeldPortRefuses() throws {
        let holder = try RawServer(isListening: false)
        let error = #expect(throws: RawSocketError.self) { try RawClient(port: holder.port) }
        #expect(error?.code == ECONNREFUSED)

        let deaf = try RawDatagramSocket(isListening: false)
        let asking = try RawDatagramSocket(connectedTo: deaf.port)
        try asking.send("hello", to: deaf.port)
        let refusal = #expect(throws: RawSocketError.self) { try asking.receive() }
        #expect(refusal?.code == ECONNREFUSED)
    }

    @Test func datagramsCarryTheirSource() throws {
        let one = try RawDatagramSocket()
        let two = try RawDatagramSocket()
        try one.send("hello", to: two.port)
        let (bytes, port) = try two.receive()
        #expect(bytes == Array("hello".utf8) && port == one.port)
        try two.send([], to: port)
        #expect(try one.receive().bytes.isEmpty)
    }

    @Test func noiseIsTheSameInEveryRun() {
        // xorshift64*, first two values for the state 0x9E3779B97F4A7C15, worked out in Python.
        #expect(
            seededBytes(count: 12, seed: 0) == [
                0x7A, 0x48, 0x21, 0x9A, 0xE2, 0xB3, 0x83, 0x0D, 0x67, 0x9D, 0xFE, 0xF1,
            ])
    }

    @Test(.requiresPython) func aNaiveServerMeetsItsNaiveClient() throws {
        try PythonPeer.with("guess_server", ["127.0.0.1", "0", "37"]) { server in
            let port = try server.listeningPort()
            let client = try PythonPeer.run("guess_client", ["127.0.0.1", "\(port)"])
            #expect(client.stdout.hasSuffix("> 36 I\n= 37 Y\n"))
            #expect(client.exit == 0)
            server.closeInput()
            #expect(try server.waitForExit() == 0)
        }
    }
}
