import Conversations
import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// An SVG document as another program's XML parser reads it.
final class Drawing: NSObject, XMLParserDelegate {
    struct Element {
        let name: String
        let attributes: [String: String]
        var text = ""

        var classes: [Substring] { attributes["class", default: ""].split(separator: " ") }
    }

    private(set) var elements: [Element] = []
    private var open: [Int] = []

    init(_ svg: String) throws {
        super.init()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = self
        let isValid = parser.parse()
        try #require(
            isValid, "line \(parser.lineNumber): \(String(describing: parser.parserError))")
    }

    convenience init(_ ladder: Ladder) throws { try self.init(ladder.svg()) }

    var texts: [String] { all("text").map(\.text) }
    var titles: [String] { all("title").map(\.text) }

    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

    /// Where the lines of a class begin and end, from left to right or from right to left.
    func lines(_ name: Substring = "plain") -> [(x1: Int, y1: Int, x2: Int, y2: Int)] {
        all("path").filter { $0.classes == [name] }.compactMap { path in
            let numbers = path.attributes["d", default: ""].split { "ML ".contains($0) }
            let values = numbers.compactMap { Int($0) }
            return values.count == 4 ? (values[0], values[1], values[2], values[3]) : nil
        }
    }

    func signs(_ name: Substring) -> Int {
        all("path").count { $0.classes == [name, "sign"] }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        open.append(elements.count)
        elements.append(Element(name: name, attributes: attributes))
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if let last = open.last { elements[last].text += text }
    }
}
