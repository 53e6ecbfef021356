import CSystem
import Processes
import Testing

/// What the system tells about a program.
@Suite(.enabled(if: hasProc)) struct ObservationTests {
    @Test func runnableTimeHoldsThatOfDescendants() throws {
        let idle = try start("/bin/sh", "-c", "echo; read x")
        _ = try idle.line()
        let before = try #require(idle.runnableTime)
        #expect(before < .seconds(1))
        // A child spins and stays.
        let busy = try start(
            "python3", "-c",
            """
            import os, time
            if os.fork() == 0:
                while time.process_time() < 0.3: pass
                print("spun", flush=True)
            time.sleep(60)
            """)
        _ = try busy.line()
        #expect(try #require(busy.runnableTime) >= .milliseconds(300))
        // A program that waits does not want to run.
        #expect(try #require(idle.runnableTime) - before < .milliseconds(100))
    }

    @Test func portsDescriptorsAndUnreadBytesAreFound() throws {
        let python = try start(
            "python3", "-c",
            """
            import socket, sys
            listener = socket.create_server(("127.0.0.1", 0))
            six = socket.create_server(("::1", 0), family=socket.AF_INET6)
            datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            datagrams.bind(("0.0.0.0", 0))
            client = socket.create_connection(listener.getsockname())
            server, _ = listener.accept()
            client.sendall(b"hello")
            datagrams.sendto(b"x", ("127.0.0.1", datagrams.getsockname()[1]))
            for s in listener, six, datagrams, client: print(s.getsockname()[1], flush=True)
            sys.stdin.readline()
            server.recv(3)
            datagrams.recv(10)
            print("read", flush=True)
            sys.stdin.readline()
            """)
        let numbers = try (0..<4).map { _ in try #require(try Int(python.line())) }
        let ports = try #require(python.listeningPorts)
        #expect(ports.count == 3)
        #expect(ports.contains { $0.port == numbers[0] && $0.host == "127.0.0.1" })
        #expect(ports.contains { $0.port == numbers[1] && $0.host == "::1" })
        #expect(
            ports.last.map { [$0.port == numbers[2], $0.isDatagram, $0.host == "0.0.0.0"] }
                == [true, true, true])
        #expect(python.openDescriptors == 8)
        let (local, remote) = (numbers[0], numbers[3])
        #expect(ChildProcess.unreadBytes(local: local, remote: remote) == 5)
        #expect(ChildProcess.unreadBytes(local: remote, remote: local) == 0)
        #expect(ChildProcess.unreadBytes(local: local, remote: local) == nil)
        #expect(ChildProcess.unreadDatagrams(local: numbers[2]).map { $0 > 0 } == true)
        try python.write([10], within: patience)
        _ = try python.line()
        #expect(ChildProcess.unreadBytes(local: local, remote: remote) == 2)
        #expect(ChildProcess.unreadDatagrams(local: numbers[2]) == 0)
        python.end(asking: .zero)
        #expect(python.listeningPorts == [])
        #expect(python.openDescriptors == nil)
    }

    @Test func aWaitForTheKeyboardIsSeen() throws {
        // The program itself waits for its child.
        let shell = try start("/bin/sh", "-c", "cat; sleep 60; true")
        #expect(becomesTrue { shell.readsInput == true })
        try shell.write(Array("typed\n".utf8), within: patience)
        #expect(try shell.line() == "typed")
        #expect(becomesTrue { shell.readsInput == true })
        shell.closeInput()
        #expect(shell.readsInput == nil)
        shell.end(asking: .zero)

        let other = try start("/bin/sh", "-c", "echo; exec sleep 60")
        _ = try other.line()
        #expect(other.readsInput == false)
        #expect(other.isStopped == false)
        #expect(other.processCount == 1)
        other.signal(SIGSTOP)
        #expect(becomesTrue { other.isStopped == true })
    }
}
