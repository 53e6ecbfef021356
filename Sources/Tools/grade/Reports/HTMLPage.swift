/// A page of HTML: no scripts, nothing from elsewhere, and the programs' words as text.
enum HTMLPage {
    /// - Parameters:
    ///   - title: Plain text.
    ///   - body: Markup.
    static func document(_ title: String, body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
        style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title.markup)</title>
        <style>
        \(style)
        </style>
        </head>
        <body>
        \(body)
        </body>
        </html>

        """
    }

    /// A list of names and texts.
    static func list(_ entries: [(name: String, markup: String)]) -> String {
        let rows = entries.map { "<dt>\($0.name.markup)</dt><dd>\($0.markup)</dd>" }
        return rows.isEmpty ? "" : "<dl>\n\(rows.joined(separator: "\n"))\n</dl>"
    }

    private static let style = """
        :root {
            color-scheme: light dark;
            --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --paper: #ffffff; --panel: #f6f8fa;
            --pass: #1a6b33; --fail: #b3261e; --link: #0b5cad;
        }
        @media (prefers-color-scheme: dark) {
            :root {
                --ink: #e6edf3; --soft: #9aa4af; --line: #3d444d; --paper: #0d1117;
                --panel: #161b22; --pass: #5fd07d; --fail: #ff8f85; --link: #79b8ff;
            }
        }
        * { box-sizing: border-box; }
        body {
            margin: 0 auto; padding: 1rem; max-width: 64rem; background: var(--paper);
            color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
        }
        h1 { margin: 0 0 .25rem; font-size: 1.5rem; }
        h2 { margin: 0; font-size: 1.1rem; }
        a { color: var(--link); }
        code, .steps { font: .85rem/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, monospace; }
        dd code { white-space: pre-wrap; }
        .total { margin: 0; font-size: 1.25rem; font-weight: bold; }
        .soft, dt { color: var(--soft); }
        .passed .sign, .passed.total { color: var(--pass); }
        .failed .sign, .failed.total { color: var(--fail); }
        .sign { white-space: nowrap; }
        .passed .sign, .failed .sign { font-weight: bold; }
        dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem 1rem; margin: .75rem 0; }
        dt, dd { margin: 0; }
        table { width: 100%; margin: 1rem 0; border-collapse: collapse; font-size: .9rem; }
        th, td { padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top; }
        th { border-bottom: 2px solid var(--line); color: var(--soft); font-weight: normal; }
        td { border-bottom: 1px solid var(--line); }
        td.number, th.number { text-align: right; white-space: nowrap; }
        td.name { min-width: 6rem; }
        td.id, td.kind { white-space: nowrap; }
        section {
            margin: 1rem 0; padding: .75rem 1rem; border: 1px solid var(--line);
            border-left: .3rem solid var(--line); border-radius: .25rem; background: var(--panel);
        }
        section.passed { border-left-color: var(--pass); }
        section.failed { border-left-color: var(--fail); }
        blockquote { margin: .4rem 0; padding: 0; font-style: italic; }
        summary { cursor: pointer; color: var(--link); }
        .talk { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
        .talk > * { flex: 1 1 20rem; min-width: 0; max-width: 100%; }
        .steps { margin: .5rem 0; padding: 0; list-style: none; }
        .steps li { padding-left: 3.5em; text-indent: -3.5em; white-space: pre-wrap; }
        .steps .bytes { color: var(--soft); }
        .steps .at { color: var(--fail); font-weight: bold; }
        @media (max-width: 40rem) {
            body { padding: .6rem; }
            .wide { display: none; }
        }
        @media print {
            body { max-width: none; }
            section { break-inside: avoid-page; }
            details:not([open])::details-content { content-visibility: visible; height: auto; }
        }
        """
}
