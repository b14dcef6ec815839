// Users of cells need the rows and values that they are described with.
@_exported import CellCatalogue
