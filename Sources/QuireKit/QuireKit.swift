// The library of programs written by `quire export --to swift`: every name that a notebook's cells can use.
@_exported import Neural
@_exported import Steps

// Types that cells name without the enclosing type.
/// The colour of the holes of `coarseDropout`.
public typealias FillValue = Augmentation.FillValue
/// How the height of a cyclic schedule's triangles changes.
public typealias CyclicMode = Schedule.CyclicMode
/// The curve of a one-cycle schedule.
public typealias AnnealStrategy = Schedule.AnnealStrategy
/// The side of a layer whose variance an initialisation preserves.
public typealias Fan = WeightInitialisation.Fan
/// The direction in which the metric of a plateau schedule improves.
public typealias PlateauMode = Schedule.PlateauMode
