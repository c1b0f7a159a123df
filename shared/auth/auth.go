// Package auth says who is asking.
//
// A browser holds an opaque cookie that only the portal understands. Inside,
// the portal passes on a token of thirty seconds, signed with its Ed25519 key,
// that names the person, the session and the officer's grants; the services
// check it with the portal's public key set and hold no secret of their own.
// What a person may do with it is decided in each service's app/authorize.go.
package auth

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// Principal is the person who asks.
type Principal struct {
	VolunteerID string
	SessionID   string
	Grants      []Grant
	Strong      bool // proved with a second factor, not long ago
	Shared      bool // on a phone that several people declared to share
}

func (p Principal) equal(q Principal) bool {
	return p.VolunteerID == q.VolunteerID && p.SessionID == q.SessionID && p.Strong == q.Strong && p.Shared == q.Shared && slices.Equal(p.Grants, q.Grants)
}

// Grant is an officer's role over a region and everything below it.
type Grant struct {
	Role       string    `json:"role"`           // viewer | coordinator | child_care | administrator
	RegionPath string    `json:"region_path"`    // codes from the city down, each followed by a slash
	Until      time.Time `json:"until,omitzero"` // when it counts no more; zero: not foreseen
}

// Covers reports whether one of the principal's grants reaches the region path.
func (p Principal) Covers(regionPath string) bool {
	for _, g := range p.Grants {
		if g.RegionPath != "" && strings.HasPrefix(regionPath, g.RegionPath) {
			return true
		}
	}
	return false
}

// Holds reports whether one of the principal's grants gives the role over the region path.
func (p Principal) Holds(role, regionPath string) bool {
	for _, g := range p.Grants {
		if g.Role == role && g.RegionPath != "" && strings.HasPrefix(regionPath, g.RegionPath) {
			return true
		}
	}
	return false
}

// Decides reports whether the principal decides for the region: as its
// coordinator or administrator, or as that of one above it.
func (p Principal) Decides(regionPath string) bool {
	return p.Holds("coordinator", regionPath) || p.Holds("administrator", regionPath)
}

// Regions returns the paths of the regions of all grants, each once: what an
// officer may see lies in one of them or below.
func (p Principal) Regions() []string {
	return p.regions(func(Grant) bool { return true })
}

// RegionsDecided returns those for which the principal decides.
func (p Principal) RegionsDecided() []string { return p.RegionsAs("coordinator", "administrator") }

// RegionsAs returns those in which the principal has one of the roles.
func (p Principal) RegionsAs(roles ...string) []string {
	return p.regions(func(g Grant) bool { return slices.Contains(roles, g.Role) })
}

// regions leaves out a grant without a region: as a prefix it would be everywhere.
func (p Principal) regions(wanted func(Grant) bool) (paths []string) {
	for _, g := range p.Grants {
		if g.RegionPath != "" && wanted(g) && !slices.Contains(paths, g.RegionPath) {
			paths = append(paths, g.RegionPath)
		}
	}
	return paths
}

// AdministersCity reports whether the principal administers a whole city: paths
// are codes from the city down.
func (p Principal) AdministersCity() bool {
	for _, g := range p.Grants {
		if g.Role == "administrator" && strings.Count(g.RegionPath, "/") == 1 {
			return true
		}
	}
	return false
}

// ErrSignedOut asks the person to sign in.
var ErrSignedOut = apperr.New(apperr.Unauthenticated, "signed_out", "请先登录。", "Please sign in first.")

// ErrSecondFactor asks the person to prove herself with a second factor: the
// web app opens a sheet for it and sends the request again.
var ErrSecondFactor = apperr.New(apperr.Forbidden, "second_factor_needed", "这一步要用二次验证，请验证后再试。", "This needs a second factor; please prove yourself and try again.")

// RequireStrong returns ErrSecondFactor unless the principal was proved with a
// second factor not long ago.
func (p Principal) RequireStrong() error {
	if !p.Strong {
		return ErrSecondFactor
	}
	return nil
}

// RequireStrong is Principal.RequireStrong for whoever asks.
func RequireStrong(ctx context.Context) error {
	p, err := From(ctx)
	if err != nil {
		return err
	}
	return p.RequireStrong()
}

type key struct{}

// With returns ctx on behalf of p.
func With(ctx context.Context, p Principal) context.Context { return context.WithValue(ctx, key{}, p) }

// From returns who is asking, or ErrSignedOut when nobody is signed in.
func From(ctx context.Context) (Principal, error) {
	p, ok := ctx.Value(key{}).(Principal)
	if !ok || p.VolunteerID == "" {
		return Principal{}, ErrSignedOut
	}
	return p, nil
}
