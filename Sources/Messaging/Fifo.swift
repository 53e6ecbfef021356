/// Elements that wait in line: each is added at the end and taken from the front.
struct Fifo<Element> {
    private var elements: [Element] = []
    private var taken = 0

    /// Whether nothing waits.
    var isEmpty: Bool { elements.isEmpty }

    /// Adds an element at the end.
    mutating func append(_ element: Element) { elements.append(element) }

    /// Takes the first element.
    mutating func popFirst() -> Element? {
        guard taken < elements.count else { return nil }
        let first = elements[taken]
        taken += 1
        if taken == elements.count {
            removeAll()
        } else if taken > 1_024, taken > elements.count / 2 {
            // A line that is never empty must not grow for ever.
            elements.removeSubrange(..<taken)
            taken = 0
        }
        return first
    }

    /// Removes all elements.
    mutating func removeAll() {
        elements.removeAll(keepingCapacity: true)
        taken = 0
    }
}
