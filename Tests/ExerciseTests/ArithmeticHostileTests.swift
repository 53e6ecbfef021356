import Foundation
import Testing

/// The arithmetic server among clients that mean harm, or are many.
struct ArithmeticHostileTests {
    @Test func itMeetsTheHostileCases() throws {
        try withCases { cases in
            try cases.halfAMessage(Array("peer\n1 +".utf8))
            try cases.byteAtATime(Array("peer\n12 + 42\n1 / 0\nq\n".utf8), replies: Self.replies)
            try cases.manyInOneSegment(
                Array("peer\n12 + 42\n1 / 0\nq\n".utf8), replies: Self.replies)
            try cases.resetInMidMessage(Array("peer\n1 + 1\n1 +".utf8))
            try cases.probes()
            try cases.silentPeers()
            try cases.stalledPeers(Array("peer\n1 +".utf8))
            try cases.dribblingPeers(Array("pe".utf8))
            try cases.neverReading(count: 50, flood: Array("1 / 0\n".utf8), limit: 4_096)
            try cases.crowd()
        }
    }

    @Test func aClientThatNeverReadsIsNotReadEither() throws {
        try withCases { cases in
            try cases.neverReading(count: 4, flood: Array("x\n".utf8), limit: 1 << 21)
        }
    }

    @Test func noiseHarmsNobody() throws {
        try withCases { try $0.randomBytes() }
    }

    @Test func itServesWithoutADescriptorLeft() throws {
        try withCases(descriptorLimit: 64) { cases in
            try cases.descriptorsRunOut(limit: 64)
            try cases.outOfDescriptors(limit: 64)
        }
    }

    private static let replies = Array("54\nerror: division by zero\n".utf8)

    private func withCases(
        descriptorLimit: Int? = nil, _ body: (HostileCases) throws -> Void
    ) throws {
        try withArithmeticServer(descriptorLimit: descriptorLimit) { server in
            let cases = try HostileCases(against: server) { peer in
                try peer.send("peer\n12 + 42\n")
                let reply = try peer.receiveLine()
                guard reply == "54" else { throw server.failure("answered \(reply)") }
            }
            try body(cases)
        }
    }
}
