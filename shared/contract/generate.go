// Package contract is only a place: each package below it is what one service
// tells the others. From all of them together docs/events.md is made.
package contract

//go:generate go run ../cmd/eventsdoc -root ../.. -out ../../docs/events.md
