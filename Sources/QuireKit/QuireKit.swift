// What the programs that `quire export --to swift` writes are made of: every name that a notebook's cells can use.
@_exported import Neural
@_exported import Steps

// Types that cells name without the type they belong to.
public typealias FillValue = Augmentation.FillValue
public typealias CyclicMode = Schedule.CyclicMode
public typealias AnnealStrategy = Schedule.AnnealStrategy
public typealias PlateauMode = Schedule.PlateauMode
