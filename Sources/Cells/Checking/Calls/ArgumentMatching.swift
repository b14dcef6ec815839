internal import SwiftSyntax

import struct Diagnostics.FixIt
import func Diagnostics.areDifferentNames
import func Diagnostics.isCertainMiss
import func Diagnostics.nearMiss

/// One argument of a call, as written.
struct Argument {
  var label: TokenSyntax?
  var expression: ExprSyntax
  var node: Syntax
  var isTrailing = false
  /// The checked expression, if the argument had to be typed before the call's target was known.
  var inferred: Expression?
  /// Further arguments for the same variadic parameter.
  var more: [ExprSyntax] = []
}

/// Assigns a call's arguments to parameters by Swift's rules and records what does not fit.
struct ArgumentMatch {
  struct Issue {
    var problem: CallProblem
    /// The argument at fault; `nil` for the call as a whole.
    var node: Syntax?
    /// A correction: a new label for the argument, or none.
    var mend: Mend?
  }
  enum Mend {
    case insertLabel(String, isCertain: Bool)
    case replaceLabel(String, isCertain: Bool)
    case removeLabel(isCertain: Bool)
  }

  /// The index of each parameter's argument; `nil` for omitted arguments.
  private(set) var arguments: [Int?]
  private(set) var issues: [Issue] = []
  /// The arguments after the first one of each variadic parameter.
  private var following: [Int: [Int]] = [:]
  /// The variadic parameter that takes the next unlabelled argument.
  private var openVariadic: Int?

  /// The distance from a fitting call: 10 for each mismatch, and 1 for each label that the function does not have.
  var distance: Int {
    let labels = Set(parameters.compactMap(\.label))
    let unknown = given.filter { argument in argument.label.map { !labels.contains($0.text) } ?? false }
    return issues.count * 10 + unknown.count
  }

  private let given: [Argument]
  private let parameters: [ParameterInfo]
  private let callable: Callable
  private let foreign: ForeignNames
  /// Computed only to report a mismatch.
  private var signature: String { callable.signature }

  init(_ given: [Argument], to callable: Callable, foreign: ForeignNames) {
    self.given = given
    self.callable = callable
    self.foreign = foreign
    parameters = callable.parameters
    arguments = Array(repeating: nil, count: parameters.count)
    match()
  }

  private var hasTrailing: Bool { given.contains(where: \.isTrailing) }

  /// Whether a call may leave this parameter to its default or to a trailing closure.
  private func canSkip(_ index: Int) -> Bool {
    parameters[index].hasDefault || parameters[index].isVariadic
      || (hasTrailing && parameters[index].type.takesBlock)
  }

  private mutating func add(_ problem: CallProblem, _ argument: Argument, mend: Mend? = nil) {
    issues.append(
      Issue(problem: problem, node: argument.label.map { Syntax($0) } ?? argument.node, mend: mend))
  }

  private mutating func match() {
    var next = 0
    for (index, argument) in given.enumerated() {
      if argument.isTrailing {
        matchTrailing(index, argument, &next)
      } else {
        matchPlain(index, argument, &next)
      }
    }
    for (index, parameter) in parameters.enumerated()
    where arguments[index] == nil
      && !parameter.hasDefault && !parameter.isVariadic
    {
      let name = parameter.label.map { "'\($0)'" } ?? "#\(index + 1)"
      issues.append(Issue(problem: .missingArgument(name, signature: signature)))
    }
  }

  private mutating func matchPlain(_ index: Int, _ argument: Argument, _ next: inout Int) {
    let label = argument.label?.text
    if label == nil, let openVariadic {
      following[openVariadic, default: []].append(index)
      return
    }
    openVariadic = nil
    if let found = parameters.indices.first(where: {
      $0 >= next && arguments[$0] == nil && parameters[$0].label == label
    }) {
      let blocked = (next..<found).first { arguments[$0] == nil && !canSkip($0) }
      if let blocked, label == nil, let missing = parameters[blocked].label {
        add(.missingLabel(missing), argument, mend: .insertLabel(missing, isCertain: true))
        arguments[blocked] = index
        next = blocked + 1
        return
      }
      arguments[found] = index
      if let follower = arguments.indices.first(where: { $0 > found && arguments[$0] != nil }) {
        let other = parameters[follower].label.map { "'\($0)'" } ?? "#\(follower + 1)"
        let own = label.map { "'\($0)'" } ?? "#\(found + 1)"
        return add(.wrongOrder(own, before: other), argument)
      }
      // A required parameter that comes later in the call is out of order; it is reported there.
      if let blocked, isGivenLater(blocked, after: index) { return }
      next = found + 1
      if parameters[found].isVariadic { openVariadic = found }
      return
    }
    if let label {
      matchUnknown(label, index, argument, &next)
    } else {
      matchUnlabelled(index, argument, &next)
    }
  }

  private mutating func matchUnlabelled(_ index: Int, _ argument: Argument, _ next: inout Int) {
    let open = parameters.indices.filter {
      $0 >= next && arguments[$0] == nil && !isGivenLater($0, after: index)
    }
    guard let chosen = open.first(where: { !canSkip($0) }) ?? open.first, let label = parameters[chosen].label
    else {
      return add(
        parameters.isEmpty ? .takesNoArguments : .extraArgument(label: nil, signature: signature), argument)
    }
    // A parameter that can be omitted is only a guess, unless no other is left.
    let isCertain = !parameters[chosen].hasDefault || open.count == 1
    add(.missingLabel(label), argument, mend: .insertLabel(label, isCertain: isCertain))
    arguments[chosen] = index
    next = chosen + 1
  }

  private mutating func matchUnknown(_ label: String, _ index: Int, _ argument: Argument, _ next: inout Int) {
    if let earlier = parameters.indices.first(where: { parameters[$0].label == label }) {
      if arguments[earlier] != nil { return add(.extraArgument(label: label, signature: ""), argument) }
      arguments[earlier] = index
      let follower = arguments.indices.first { $0 > earlier && arguments[$0] != nil }
      let other = follower.flatMap { parameters[$0].label }.map { "'\($0)'" } ?? "#\((follower ?? 0) + 1)"
      return add(.wrongOrder("'\(label)'", before: other), argument)
    }
    let open = parameters.indices.filter { arguments[$0] == nil && !isGivenLater($0, after: index) }
    let labels = open.compactMap { parameters[$0].label }
    let synonym = foreign.label(for: label, among: labels)
    if let near = synonym ?? nearMiss(of: label, among: labels),
      let chosen = open.first(where: { parameters[$0].label == near })
    {
      let isCertain = synonym != nil || isCertainMiss(near, of: label, among: labels)
      add(
        .wrongLabel(have: label, expected: near), argument,
        mend: .replaceLabel(near, isCertain: isCertain))
      arguments[chosen] = index
      next = max(next, chosen + 1)
      return
    }
    if let note = foreign.note(onLabel: label, among: parameters.compactMap(\.label)) {
      return add(.foreignLabel(label, note: note, signature: signature), argument)
    }
    let ahead = open.filter { $0 >= next }
    guard
      let chosen = ahead.first(where: { !canSkip($0) }) ?? ahead.first(where: { parameters[$0].label == nil })
    else {
      return add(
        parameters.isEmpty ? .takesNoArguments : .extraArgument(label: label, signature: signature), argument)
    }
    if let expected = parameters[chosen].label {
      add(
        .wrongLabel(have: label, expected: expected), argument,
        mend: areDifferentNames(label, expected) ? nil : .replaceLabel(expected, isCertain: false))
    } else {
      add(.extraneousLabel(label), argument, mend: .removeLabel(isCertain: label == parameters[chosen].name))
    }
    arguments[chosen] = index
    next = chosen + 1
  }

  private mutating func matchTrailing(_ index: Int, _ argument: Argument, _ next: inout Int) {
    let label = argument.label?.text
    let fitting = parameters.indices.filter {
      arguments[$0] == nil && parameters[$0].type.takesBlock
        && (label == nil || parameters[$0].label == label)
    }
    guard let chosen = fitting.first(where: { $0 >= next }) else {
      return add(label.map { .extraArgument(label: $0, signature: signature) } ?? .blockNotExpected, argument)
    }
    arguments[chosen] = index
    next = chosen + 1
  }

  /// The call's arguments, those of a variadic parameter collected in the first one.
  func grouped(_ given: [Argument]) -> [Argument] {
    var given = given
    for (parameter, indices) in following {
      if let first = arguments[parameter] { given[first].more = indices.map { given[$0].expression } }
    }
    return given
  }

  private func isGivenLater(_ parameter: Int, after index: Int) -> Bool {
    guard let label = parameters[parameter].label else { return false }
    return given.indices.contains { $0 > index && given[$0].label?.text == label }
  }
}

extension CellType {
  /// Whether a trailing closure can be an argument of this type.
  var takesBlock: Bool {
    switch unwrapped {
    case .function, .builder: true
    default: false
    }
  }
}

extension CellChecker {
  /// The arguments of a call in source order, trailing closures last.
  func arguments(of node: FunctionCallExprSyntax) -> [Argument] {
    var out = node.arguments.map { argument in
      Argument(label: argument.label, expression: argument.expression, node: Syntax(argument.expression))
    }
    if let closure = node.trailingClosure {
      out.append(
        Argument(
          label: nil, expression: ExprSyntax(closure), node: Syntax(closure.leftBrace), isTrailing: true))
    }
    for element in node.additionalTrailingClosures {
      out.append(
        Argument(
          label: element.label, expression: ExprSyntax(element.closure), node: Syntax(element.label),
          isTrailing: true))
    }
    return out
  }

  mutating func report(_ issues: [ArgumentMatch.Issue], at call: some SyntaxProtocol) {
    for issue in issues {
      guard let node = issue.node else {
        report(issue.problem, at: call)
        continue
      }
      var fixIts: [FixIt] = []
      switch issue.mend {
      case .replaceLabel(let label, let isCertain): fixIts = replace(node, with: label, isCertain: isCertain)
      case .insertLabel(let label, let isCertain):
        fixIts = insertLabel(label, before: node, isCertain: isCertain)
      case .removeLabel(let isCertain):
        if let whole = node.parent?.as(LabeledExprSyntax.self),
          lines.isSingleLine(whole.textStart, whole.textEnd)
        {
          let range = lines.range(whole.textStart, whole.expression.textStart)
          fixIts = [FixIt("remove '\(node.trimmedDescription):'", range, "", isCertain: isCertain)]
        }
      case nil: break
      }
      report(issue.problem, at: node, fixIts: fixIts)
    }
  }
}
