internal import SwiftSyntax

/// The syntax of a struct, an enum or an extension.
struct TypeNode {
  enum Kind { case structure, enumeration, extending }

  let kind: Kind
  let keyword: TokenSyntax
  /// The declared or extended type's name.
  let name: TokenSyntax
  let inheritance: InheritanceClauseSyntax?
  let attributes: AttributeListSyntax
  let modifiers: DeclModifierListSyntax
  let generics: Syntax?
  let members: MemberBlockItemListSyntax
  let hasError: Bool

  /// `nil` for other declarations, and for an extension of a type that is not a plain name.
  init?(_ node: DeclSyntax) {
    hasError = node.hasError
    if let node = node.as(StructDeclSyntax.self) {
      (kind, keyword, name) = (.structure, node.structKeyword, node.name)
      (inheritance, attributes, modifiers) = (node.inheritanceClause, node.attributes, node.modifiers)
      generics = node.genericParameterClause.map { Syntax($0) } ?? node.genericWhereClause.map { Syntax($0) }
      members = node.memberBlock.members
    } else if let node = node.as(EnumDeclSyntax.self) {
      (kind, keyword, name) = (.enumeration, node.enumKeyword, node.name)
      (inheritance, attributes, modifiers) = (node.inheritanceClause, node.attributes, node.modifiers)
      generics = node.genericParameterClause.map { Syntax($0) } ?? node.genericWhereClause.map { Syntax($0) }
      members = node.memberBlock.members
    } else if let node = node.as(ExtensionDeclSyntax.self),
      let extended = node.extendedType.as(IdentifierTypeSyntax.self), extended.genericArgumentClause == nil
    {
      (kind, keyword, name) = (.extending, node.extensionKeyword, extended.name)
      (inheritance, attributes, modifiers) = (node.inheritanceClause, node.attributes, node.modifiers)
      generics = node.genericWhereClause.map { Syntax($0) }
      members = node.memberBlock.members
    } else {
      return nil
    }
  }

  /// The types declared and extended by a cell, in order.
  static func all(in items: CodeBlockItemListSyntax) -> [TypeNode] {
    items.compactMap { item in
      if case .decl(let declaration) = item.item { TypeNode(declaration) } else { nil }
    }
  }

  /// The cases of an enum, in order.
  var cases: [EnumCaseElementSyntax] {
    members.flatMap { member in
      member.decl.as(EnumCaseDeclSyntax.self).map { Array($0.elements) } ?? []
    }
  }

  /// Whether the type declares the operator as a function of its own.
  func declares(operator name: String) -> Bool {
    members.contains { $0.decl.as(FunctionDeclSyntax.self)?.name.text == name }
  }

  /// Whether the word is among the modifiers.
  func has(_ keyword: Keyword) -> Bool {
    modifiers.contains { $0.name.tokenKind == .keyword(keyword) }
  }
}
