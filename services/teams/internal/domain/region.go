// Package domain says who the people of Qihe are to each other, how they
// prove who they are, and which changes to that are allowed. It is pure: no
// database, no clock, no transport.
package domain

import "github.com/qihe-volunteers/qihe/shared/apperr"

// ErrNoRegion says that there is no division with this code.
var ErrNoRegion = apperr.New(apperr.NotFound, "no_such_region", "没有这个区划。", "There is no such division.")

// Region is a statistical division 区划: the city, a county, a township or a village.
type Region struct {
	Code    string
	Name    string
	Path    string // codes from the city down, each followed by a slash
	Level   string // city | county | township | village
	Parent  string // code; empty for the city
	Version int64
}
