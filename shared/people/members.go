package people

import (
	"context"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// MembersPath is where teams answers for the people of a brigade, behind the
// internal secret.
const MembersPath = "/internal/v1/members"

// MembersQuery asks who is, or was, in a brigade.
type MembersQuery struct {
	TeamID string `json:"team_id"`
}

// Member is somebody of a brigade.
type Member struct {
	Person
	Former bool `json:"former,omitempty"` // was, and is not now
}

// MembersAnswer holds them in any order; a brigade that is not known has none.
type MembersAnswer struct {
	ReportingUnit string   `json:"reporting_unit"`
	Items         []Member `json:"items"`
}

// ErrNoMembers tells that teams cannot be asked now.
var ErrNoMembers = apperr.New(apperr.Unavailable, "no_members", "现在查不到队员名单，请过一会儿再试。", "The list of members cannot be had now; please try again in a while.")

// Members returns who is or was in a brigade, under names. Nothing is kept: who
// may read them is decided by the caller. It returns ErrNoMembers when teams
// cannot be reached.
func (d *Directory) Members(ctx context.Context, teamID string) (MembersAnswer, error) {
	var answer MembersAnswer
	err := d.askTeams(ctx, MembersPath, MembersQuery{TeamID: teamID}, &answer, ErrNoMembers)
	return answer, err
}
