import Foundation
import Testing

@testable import Sockets

/// In processes of their own, since they raise a limit and count on descriptor numbers.
@Suite struct ManyDescriptorsTests {
    @Test(.enabled(if: DescriptorLimit.most >= 1_500, "needs 1,500 descriptors"))
    func selectGoesBeyond1024() async {
        await #expect(processExitsWith: .success) {
            try DescriptorLimit.raise(to: 1_500)
            let sockets = try (0..<1_200).map { _ in try boundDatagramSocket() }
            let last = sockets[1_199]
            #expect(last.descriptor > 1_024)
            let sender = sockets[0]
            try sender.sendDatagram([1], to: last.localAddress)
            try sender.sendDatagram([1], to: sockets[5].localAddress)
            let ready = try select(reading: sockets, writing: [last], timeout: .seconds(30))
            #expect(ready.readable.count == 2)
            #expect(ready.readable.first === sockets[5] && ready.readable.last === last)
            #expect(ready.writable.first === last)
        }
    }

    @Test(.enabled(if: DescriptorLimit.most >= 1_500, "needs 1,500 descriptors"))
    func pollersTellAllOfThem() async {
        await #expect(processExitsWith: .success) {
            try DescriptorLimit.raise(to: 1_500)
            let sockets = try (0..<1_200).map { _ in try boundDatagramSocket() }
            for socket in sockets { try sockets[0].sendDatagram([1], to: socket.localAddress) }
            for mechanism in Poller.Mechanism.allCases {
                let poller = try Poller(mechanism)
                for (token, socket) in sockets.enumerated() {
                    try poller.add(socket, for: .reading, token: token)
                }
                var seen = Set<Int>()
                while seen.count < sockets.count {
                    try poller.wait(timeout: .seconds(30))
                    var count = 0
                    while let event = poller.next() {
                        seen.insert(event.token)
                        count += 1
                    }
                    try #require(count > 0)
                }
            }
        }
    }

    @Test func saysThatDescriptorsHaveRunOut() async {
        await #expect(processExitsWith: .success) {
            let listener = try Socket.listener(on: loopback())
            let client = try Socket.connection(to: ("127.0.0.1", listener.localAddress.port))
            let limit = try DescriptorLimit.exhaust()
            let error = expectFailure(.socket, EMFILE) { _ = try Socket(.ipv4, .datagram) }
            #expect(error?.isOutOfDescriptors == true)
            let other = expectFailure(.accept, EMFILE) { _ = try listener.accept() }
            #expect(other?.isOutOfDescriptors == true)
            // The client has waited.
            try DescriptorLimit.set(to: limit)
            #expect(try listener.accept()?.address == client.localAddress)
        }
    }

    /// A second close must not close another socket that has got the number meanwhile.
    @Test func closesItsOwnDescriptorOnce() async {
        await #expect(processExitsWith: .success) {
            var sockets = try (0..<12).map { _ in try Socket(.ipv4, .stream) }
            let first = sockets.removeLast()
            var last: Socket? = sockets.removeLast()
            let other = sockets.removeLast()
            // The libraries' own threads open files now and then: they take these lower numbers.
            sockets.removeAll()

            let number = first.descriptor
            #expect(fcntl(number, F_GETFD) == FD_CLOEXEC)
            first.close()
            #expect(first.descriptor == -1)
            #expect(fcntl(number, F_GETFD) == -1)
            #expect(dup2(other.descriptor, number) == number)
            first.close()
            first.reset()
            first.closeGracefully()
            #expect(fcntl(number, F_GETFD) != -1)

            let lastNumber = try #require(last?.descriptor)
            #expect(fcntl(lastNumber, F_GETFD) == FD_CLOEXEC)
            last = nil
            #expect(fcntl(lastNumber, F_GETFD) == -1)
        }
    }
}
