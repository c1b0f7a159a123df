package api

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// SearchVolunteers is POST /volunteers/search.
func (h *api) SearchVolunteers(ctx context.Context, r gen.SearchVolunteersRequestObject) (gen.SearchVolunteersResponseObject, error) {
	query := app.VolunteerQuery{
		Text: r.Body.Q, RegionCode: r.Body.Region, State: string(r.Body.State),
		TeamID: r.Body.Team, Limit: pageLength(r.Body.Limit), After: r.Body.After,
	}
	people, next, err := h.app.ListVolunteers(ctx, query)
	if err != nil {
		return nil, err
	}
	items := make([]gen.ListedVolunteer, len(people))
	for i, p := range people {
		items[i] = encodeListed(p)
	}
	return gen.SearchVolunteers200JSONResponse{Items: items, Next: next}, nil
}

// GetVolunteer is GET /volunteers/{volunteer_id}.
func (h *api) GetVolunteer(ctx context.Context, r gen.GetVolunteerRequestObject) (gen.GetVolunteerResponseObject, error) {
	record, err := h.app.FindVolunteer(ctx, r.VolunteerID)
	if err != nil {
		return nil, err
	}
	return gen.GetVolunteer200JSONResponse(encodeRecord(record)), nil
}

// PatchVolunteer is PATCH /volunteers/{volunteer_id}.
func (h *api) PatchVolunteer(ctx context.Context, r gen.PatchVolunteerRequestObject) (gen.PatchVolunteerResponseObject, error) {
	record, err := h.app.CorrectVolunteer(ctx, r.VolunteerID, domain.Correction{
		Name: r.Body.Name, RegionCode: r.Body.RegionCode, Sex: string(r.Body.Sex), IDKind: domain.IDKind(r.Body.IDKind), IDNumber: r.Body.IDNumber,
	}, string(r.Body.Reason))
	if err != nil {
		return nil, err
	}
	return gen.PatchVolunteer200JSONResponse(encodeRecord(record)), nil
}

// ReadVolunteer is POST /volunteers/{volunteer_id}/read.
func (h *api) ReadVolunteer(ctx context.Context, r gen.ReadVolunteerRequestObject) (gen.ReadVolunteerResponseObject, error) {
	full, err := h.app.ReadVolunteer(ctx, r.VolunteerID, string(r.Body.Purpose))
	if err != nil {
		return nil, err
	}
	return gen.ReadVolunteer200JSONResponse{
		Phone: string(full.Phone), IDKind: gen.IDKind(full.IDKind), IDNumber: full.IDNumber,
		GuardianName: full.Guardian.GuardianName, GuardianPhone: string(full.Guardian.GuardianPhone),
	}, nil
}

// MergeVolunteers is POST /volunteers/{volunteer_id}/merge.
func (h *api) MergeVolunteers(ctx context.Context, r gen.MergeVolunteersRequestObject) (gen.MergeVolunteersResponseObject, error) {
	record, err := h.app.MergeVolunteers(ctx, r.VolunteerID, r.Body.GoneID, string(r.Body.Reason))
	if err != nil {
		return nil, err
	}
	return gen.MergeVolunteers200JSONResponse(encodeRecord(record)), nil
}

// ListDoubles is GET /volunteers/{volunteer_id}/doubles.
func (h *api) ListDoubles(ctx context.Context, r gen.ListDoublesRequestObject) (gen.ListDoublesResponseObject, error) {
	doubles, err := h.app.ListDoubles(ctx, r.VolunteerID)
	if err != nil {
		return nil, err
	}
	items := make([]gen.Double, len(doubles))
	for i, d := range doubles {
		items[i] = gen.Double{Volunteer: encodeListed(d.ListedVolunteer), Signs: make([]gen.DoubleSigns, len(d.Signs))}
		for j, sign := range d.Signs {
			items[i].Signs[j] = gen.DoubleSigns(sign)
		}
	}
	return gen.ListDoubles200JSONResponse{Items: items}, nil
}

// CreateTeamPerson is POST /teams/{team_id}/people.
func (h *api) CreateTeamPerson(ctx context.Context, r gen.CreateTeamPersonRequestObject) (gen.CreateTeamPersonResponseObject, error) {
	person := app.NewPerson{Name: r.Body.Name, Phone: r.Body.Phone, IDNumber: r.Body.IDNumber, Agreed: r.Body.Agreed}
	if r.Body.Guardian != (gen.NewGuardianConsent{}) {
		draft := guardianDraft(r.Body.Guardian)
		person.Guardian = &draft
	}
	volunteerID, err := h.app.AddPerson(ctx, r.TeamID, person)
	if err != nil {
		return nil, err
	}
	return gen.CreateTeamPerson201JSONResponse{VolunteerID: volunteerID}, nil
}

func encodeListed(p app.ListedVolunteer) gen.ListedVolunteer {
	return gen.ListedVolunteer{
		VolunteerID: p.ID, Number: p.Number, Name: p.Name, State: gen.VolunteerState(p.State), Minor: p.Minor,
		PhoneMasked: p.Phone.Masked(), RegionName: p.RegionName, TeamNames: append([]string{}, p.TeamNames...),
	}
}

func encodeRecord(r app.VolunteerRecord) gen.VolunteerRecord {
	v := r.Volunteer
	out := gen.VolunteerRecord{
		VolunteerID: v.ID, Number: v.Number, Name: v.Name, State: gen.VolunteerState(v.State), MergedInto: v.MergedInto,
		PhoneMasked: v.Phone.Masked(), IDKind: gen.IDKind(v.IDKind), IDMasked: v.IDMasked(), Sex: gen.VolunteerRecordSex(v.Sex),
		Minor: v.Minor, BoardConsent: v.BoardConsent, JoinedAt: v.JoinedAt, MayCorrect: r.Officer,
		Skills: append([]string{}, r.Skills...), Slots: int(r.Slots),
		Memberships:      make([]gen.MyMembership, len(r.Teams)),
		GuardianConsents: make([]gen.GuardianConsent, len(r.Guardians)),
		History:          make([]gen.HistoryLine, len(r.History)),
	}
	if !v.AdultOn.IsZero() {
		out.AdultOn = v.AdultOn.Format(time.DateOnly)
	}
	if r.Region.Code != "" {
		out.Region = gen.Region{Code: r.Region.Code, Name: r.Region.Name, Path: r.Region.Path, Level: gen.RegionLevel(r.Region.Level)}
	}
	for i, t := range r.Teams {
		out.Memberships[i] = gen.MyMembership{TeamID: t.TeamID, TeamName: t.TeamName, Role: gen.MembershipRole(t.Role)}
	}
	for i, g := range r.Guardians {
		out.GuardianConsents[i] = encodeGuardian(g)
	}
	for i, line := range r.History {
		out.History[i] = gen.HistoryLine{At: line.At, Act: line.Act, Words: encodeWords(domain.ActWords(line.Act)), ActorName: line.ActorName, Reason: line.Reason}
	}
	return out
}
