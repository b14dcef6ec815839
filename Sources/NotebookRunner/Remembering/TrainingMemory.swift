final class TrainingMemory {
  func begin(_ key: StepKey?, calling steps: Set<String>) {}
  func takeUsed() -> [String] { [] }
}
