import Console
import Protocol

/// The reply to a request: the result, or the error.
///
/// - Parameter text: A message as it came.
func answer(to text: String) -> String {
    guard let request = ArithmeticRequest(text) else {
        return "error: wrong form; send \(ArithmeticRequest.form)"
    }
    if request.operator == .divide, request.right == 0 { return "error: division by zero" }
    guard request.left.isFinite, request.right.isFinite, request.result.isFinite else {
        return "error: too large; neither a number nor the result may reach 1.8e308"
    }
    return generalNotation(request.result)
}

extension ArithmeticRequest {
    fileprivate var result: Double {
        switch self.operator {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left / right
        }
    }
}
