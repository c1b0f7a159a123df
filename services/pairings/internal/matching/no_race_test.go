//go:build !race

package matching_test

// raced: see race_test.go.
const raced = false
