//go:build race

package matching_test

// raced: the race detector makes the loops some ten times slower, so no time is asserted.
const raced = true
