/// Holds the value of one option or operand, once `run` has read the arguments.
///
/// All settings are declared before the arguments are read, because usage and help list them all.
public final class Setting<Value> {
    // Servers read some settings for each request. Inlined, that is a plain read; from outside, a
    // call that works out the size and layout of `Value` at run time.
    @usableFromInline var stored: Value?

    /// The given value, or the default. Read it only inside the body given to `run`.
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
