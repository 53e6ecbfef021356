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

    @Test(arguments: [
        ("error:", true), ("error: unknown request", true), ("ERROR: X", true), ("eRRor:", true),
        ("error", false), ("", false), (" error:", false), ("SEND_DATE", false),
    ])
    func knowsErrors(text: String, isError: Bool) {
        #expect(tellsOfError(Array(text.utf8)) == isError)
    }

    @Test func theAnswerToNonsenseIsAnError() {
        #expect(tellsOfError(Array(DateTimeRequest.unknownRequest.utf8)))
    }
}
