import Diagnostics

struct GlobalScope: Sendable {}
