package backup

// Quickly lets the tests' files be guessed quickly, and made.
func Quickly() { workFactor = QuickWork }

// QuickWork is how slow that is.
const QuickWork = 10

// UsualWork is how slow it is outside of the tests, as a power of two.
const UsualWork = usualWork

// Seal and Unseal let a test change what is in a file.
var (
	Seal   = seal
	Unseal = unseal
)
