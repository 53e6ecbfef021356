import Foundation
import Testing

/// A real browser without a window, driven by its debugging protocol.
///
/// Source: Chromium, "DevTools Protocol", by `--remote-debugging-pipe`.
final class Browser {
    /// Where it is; `nil` where there is none.
    static let path: String? = {
        let names = [
            "chromium", "chromium-browser", "google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        ]
        return names.first { name in
            let found = try? Running(["/bin/sh", "-c", #"command -v "$0""#, name]).runToEnd()
            return found?.exit == 0
        }
    }()

    private let program: Running
    private var count = 0
    private var session: String?

    private init(_ program: Running) { self.program = program }

    /// Starts a browser with an empty page, and ends it after `body`.
    static func with(_ body: (Browser) throws -> Void) throws {
        let folder = try ScratchFolder()
        // It hears on descriptor 3 and answers on 4. Its sandbox would not start for root.
        let program = try Running([
            "/bin/sh", "-c", #"exec "$0" "$@" 3<&0 4>&1"#, try #require(path), "--headless=new",
            "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--remote-debugging-pipe", "--user-data-dir=\(folder.path)", "about:blank",
        ])
        try finishing(program) { _ in
            let browser = Browser(program)
            try browser.attach()
            try body(browser)
            _ = try? browser.call("Browser.close")
            try program.waitForExit()
        }
    }

    private func attach() throws {
        let targets = try call("Target.getTargets")["targetInfos"] as? [[String: Any]] ?? []
        let page = try #require(targets.first { $0["type"] as? String == "page" }?["targetId"])
        let attached = try call("Target.attachToTarget", ["targetId": page, "flatten": true])
        session = try #require(attached["sessionId"] as? String)
    }

    /// Opens an address.
    func open(_ address: String) throws {
        _ = try call("Page.navigate", ["url": address])
    }

    /// Presses a key.
    func press(_ key: String, code: Int) throws {
        for type in ["rawKeyDown", "keyUp"] {
            _ = try call(
                "Input.dispatchKeyEvent",
                ["type": type, "key": key, "code": key, "windowsVirtualKeyCode": code])
            if key == "Enter", type == "rawKeyDown" {
                _ = try call("Input.dispatchKeyEvent", ["type": "char", "text": "\r", "key": key])
            }
        }
    }

    /// The value of an expression in the page, as text.
    func value(of expression: String) throws -> String {
        let answer = try call("Runtime.evaluate", ["expression": "String(\(expression))"])
        let result = answer["result"] as? [String: Any]
        return result?["value"] as? String ?? "\(answer)"
    }

    /// Waits until an expression is true in the page.
    func wait(until expression: String) throws {
        let deadline = Date(timeIntervalSinceNow: patience)
        while try value(of: expression) != "true" {
            guard Date() < deadline else { throw program.failure("never: \(expression)") }
            _ = poll(nil, 0, 10)
        }
    }

    private func call(
        _ method: String, _ parameters: [String: Any] = [:]
    ) throws -> [String: Any] {
        count += 1
        var message: [String: Any] = ["id": count, "method": method, "params": parameters]
        message["sessionId"] = session
        try program.write([UInt8](try JSONSerialization.data(withJSONObject: message)) + [0])
        let deadline = Date(timeIntervalSinceNow: patience)
        while Date() < deadline {
            for bytes in program.standardOutputBytes.split(separator: 0).reversed() {
                guard
                    let answer = try? JSONSerialization.jsonObject(with: Data(bytes))
                        as? [String: Any], answer["id"] as? Int == count
                else { continue }
                return try #require(answer["result"] as? [String: Any], "\(answer)")
            }
            _ = poll(nil, 0, 5)
        }
        throw program.failure("no answer to \(method)")
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips the test, by name, where there is no browser.
    static var requiresBrowser: Self {
        .enabled(if: Browser.path != nil, "needs chromium")
    }
}
