// Package bench measures the hours service at the size of a city and beside
// those who solve the same task in another way, each set up here as its own
// manual says, so that anyone can repeat it:
//
//	make bench
//
// It is a module of its own: what the peers need is no part of Qihe. Every figure
// is taken on a PostgreSQL and a NATS server that keep what they acknowledge.
package bench
