import Foundation
import Neural
import Store
import Testing
