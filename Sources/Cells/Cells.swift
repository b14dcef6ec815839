// Whoever uses cells needs the rows and values that they are written with.
@_exported import CellCatalogue
