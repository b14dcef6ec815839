enum SVGWriter { static func document(_ figure: Figure) -> String { "" } }
enum PNGWriter { static func png(of scene: Scene, scale: Double) throws(FigureError) -> [UInt8] { [] } }
enum Number { static func text(_ x: Double) -> String { "\(x)" } }
extension LineChart {
  public var summary: String { "" }
  public var data: [Table] { [] }
  public func scene(_ layout: ChartLayout) -> Scene { Scene(width: 1, height: 1) }
}
extension BarChart {
  public var summary: String { "" }
  public var data: [Table] { [] }
  public func scene(_ layout: ChartLayout) -> Scene { Scene(width: 1, height: 1) }
}
extension TrainingHistoryChart {
  public var title: String { "Training history" }
  public var summary: String { "" }
  public var data: [Table] { [] }
  public func scene(_ layout: ChartLayout) -> Scene { Scene(width: 1, height: 1) }
}
extension ScheduleChart {
  public var title: String { "Learning-rate schedule" }
  public var summary: String { "" }
  public var data: [Table] { [] }
  public func scene(_ layout: ChartLayout) -> Scene { Scene(width: 1, height: 1) }
}
