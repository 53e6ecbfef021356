/// Holds the value of one option or operand, once `run` has read the arguments.
///
/// A declaration comes before the arguments are read, for usage and help need all of them.
public final class Setting<Value> {
    @usableFromInline var stored: Value?

    /// The value given, or else the default; only inside the body given to `run`.
    @inlinable public var value: Value {
        guard let stored else {
            preconditionFailure("a setting has no value before the arguments are read")
        }
        return stored
    }

    init() {}

    func set(_ value: Value) {
        stored = value
    }
}
