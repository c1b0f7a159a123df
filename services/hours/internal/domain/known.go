package domain

// KnownKind says what sort of thing a Known is.
type KnownKind string

// What other services tell the hours service about.
const (
	Region    KnownKind = "region"
	Team      KnownKind = "team"
	Programme KnownKind = "programme"
	Merged    KnownKind = "merged" // a volunteer's record that became part of another
)

// Known is what another service has told about one of its things, in its newest
// version.
type Known struct {
	Kind       KnownKind
	ID         string // of a region its code
	Name       string // of what is merged the id of the record it is part of now
	RegionPath string // of a region its own, of a team its home, else empty
	Successor  string // of a dissolved team the id of the one that it became part of, else empty
	Version    int64
}
