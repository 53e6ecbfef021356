import Protocol
import Testing

@Suite struct DateTimeMessageTests {
    @Test func readsRequests() {
        for (text, request) in [
            ("SEND_DATE", .date), ("SEND_TIME", .time), ("SEND_DATE\n", .date),
            ("SEND_TIME\r\n", .time), ("send_date", nil), (" SEND_DATE", nil),
            ("SEND_DATE\n\n", nil),
            ("", nil), ("SEND_DATE\0", nil),
        ] as [(String, DateTimeRequest?)] {
            #expect(DateTimeRequest(datagram: Array(text.utf8)) == request, "\(text)")
        }
        #expect(DateTimeRequest.allCases.map(\.rawValue) == ["SEND_DATE", "SEND_TIME"])
    }

    @Test func leavesErrorsUnanswered() {
        for (text, deserved) in [
            ("error:", false), ("error: unknown request", false), ("error", true),
            ("Error: x", true), ("", true), (" error:", true), ("SEND_DATE", true),
        ] {
            #expect(DateTimeRequest.deservesAnswer(Array(text.utf8)) == deserved, "\(text)")
        }
        #expect(!DateTimeRequest.deservesAnswer(DateTimeRequest.unknownRequest.utf8))
    }
}
