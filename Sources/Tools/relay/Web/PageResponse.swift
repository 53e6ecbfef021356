/// The bytes that the live page sends to a browser before events, or in place of them.
enum PageResponse {
    /// The page. The browser knows its style and script by a number that nobody can guess.
    static func page() -> [UInt8] {
        var chance = SystemRandomNumberGenerator()
        let nonce = (0..<4).map { _ in String(chance.next(), radix: 36) }.joined()
        let text = String(decoding: PackageResources.page_html, as: UTF8.self)
            .replacing("{nonce}", with: nonce)
        return whole("200 OK", "text/html", text, nonce: nonce)
    }

    /// Why there is no page.
    static func refusal(_ refusal: PageRefusal) -> [UInt8] {
        let allow = refusal == .method ? ["Allow: GET"] : []
        let text = "\(refusal.status): \(refusal.advice)\n"
        return whole(refusal.status, "text/plain", text, allow)
    }

    /// The head of a stream of events, which ends with the connection.
    static let events = head("200 OK", "text/event-stream", [])

    private static func whole(
        _ status: String, _ type: String, _ text: String, _ fields: [String] = [],
        nonce: String? = nil
    ) -> [UInt8] {
        let length = "Content-Length: \(text.utf8.count)"
        return head(status, type, fields + [length], nonce: nonce) + Array(text.utf8)
    }

    private static func head(
        _ status: String, _ type: String, _ fields: [String], nonce: String? = nil
    ) -> [UInt8] {
        // Nothing is loaded from anywhere, and the programs' words can be nothing but text.
        let allowed =
            nonce.map { ["script-src 'nonce-\($0)'", "style-src 'nonce-\($0)'"] } ?? []
        let policy =
            (["default-src 'none'"] + allowed + [
                "connect-src 'self'", "img-src data:", "base-uri 'none'", "form-action 'none'",
                "frame-ancestors 'none'", "require-trusted-types-for 'script'",
            ]).joined(separator: "; ")
        let lines =
            [
                "HTTP/1.1 \(status)", "Content-Type: \(type); charset=utf-8",
                "Cache-Control: no-store", "Connection: close",
                "Content-Security-Policy: \(policy)", "Cross-Origin-Resource-Policy: same-origin",
                "Referrer-Policy: no-referrer", "X-Content-Type-Options: nosniff",
            ] + fields
        return Array(lines.map { $0 + "\r\n" }.joined().utf8) + Array("\r\n".utf8)
    }
}
