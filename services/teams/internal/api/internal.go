package api

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/people"
)

type lookUp struct {
	Secret string `json:"secret"`
}

type liveSession struct {
	SessionID   string       `json:"session_id"`
	VolunteerID string       `json:"volunteer_id"`
	ExpiresAt   time.Time    `json:"expires_at"`
	Grants      []auth.Grant `json:"grants"`
	ChangesAt   time.Time    `json:"changes_at,omitzero"`
	StrongUntil time.Time    `json:"strong_until,omitzero"`
	Shared      bool         `json:"shared,omitzero"`
}

// lookUpSession is POST /internal/v1/sessions/lookup.
func (h *api) lookUpSession(c echo.Context) error {
	var asked lookUp
	if err := decode(c, &asked); err != nil {
		return err
	}
	live, err := h.app.LookUpSession(c.Request().Context(), asked.Secret)
	if err != nil {
		return err
	}
	out := liveSession{SessionID: live.SessionID, VolunteerID: live.VolunteerID, ExpiresAt: live.ExpiresAt, ChangesAt: live.ChangesAt, StrongUntil: live.StrongUntil, Shared: live.Shared, Grants: make([]auth.Grant, len(live.Grants))}
	for i, g := range live.Grants {
		out.Grants[i] = auth.Grant{Role: g.Role, RegionPath: g.RegionPath, Until: g.Until}
	}
	return c.JSON(http.StatusOK, out)
}

// findPeople is POST /internal/v1/people.
func (h *api) findPeople(c echo.Context) error {
	var asked people.Query
	if err := decode(c, &asked); err != nil {
		return err
	}
	found, err := h.app.FindPeople(c.Request().Context(), asked.IDs)
	if err != nil {
		return err
	}
	answer := people.Answer{Items: make([]people.Person, len(found))}
	for i, v := range found {
		answer.Items[i] = personOf(v)
	}
	return c.JSON(http.StatusOK, answer)
}

// personOf is a person for another service; what is known of a merged record is
// its survivor's.
func personOf(v app.KnownPerson) people.Person {
	p := people.Person{
		VolunteerID:  v.ID,
		Name:         v.Name,
		Number:       v.Number,
		PhoneMasked:  v.Phone.Masked(),
		BoardConsent: v.BoardConsent,
		RankConsent:  v.RankConsent,
		Minor:        v.Minor,
		RegionCode:   v.RegionCode,
		Sex:          v.Sex,
		Identified:   v.IDNumber != "",
		Erased:       v.State == domain.VolunteerErased,
		Version:      v.Version,
	}
	if s := v.Survivor; s != nil {
		p.Name, p.Number, p.PhoneMasked = s.Name, s.Number, s.Phone.Masked()
		p.BoardConsent, p.RankConsent, p.Minor, p.RegionCode = s.BoardConsent, s.RankConsent, s.Minor, s.RegionCode
		p.Sex, p.Identified = s.Sex, s.IDNumber != ""
		p.SurvivorID, p.SurvivorVersion, p.Erased = s.ID, s.Version, s.State == domain.VolunteerErased
	}
	return p
}

// findMembers is POST /internal/v1/members.
func (h *api) findMembers(c echo.Context) error {
	var asked people.MembersQuery
	if err := decode(c, &asked); err != nil {
		return err
	}
	unit, found, err := h.app.FindMembers(c.Request().Context(), asked.TeamID)
	if err != nil {
		return err
	}
	answer := people.MembersAnswer{ReportingUnit: unit, Items: make([]people.Member, len(found))}
	for i, m := range found {
		answer.Items[i] = people.Member{Person: personOf(m.KnownPerson), Former: m.Former}
	}
	return c.JSON(http.StatusOK, answer)
}

// readPhones is POST /internal/v1/phones.
func (h *api) readPhones(c echo.Context) error {
	var asked people.PhonesQuery
	if err := decode(c, &asked); err != nil {
		return err
	}
	phones, err := h.app.ReadPhones(c.Request().Context(), asked)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, people.PhonesAnswer{Phones: phones})
}

// readIdentities is POST /internal/v1/identities.
func (h *api) readIdentities(c echo.Context) error {
	var asked people.IdentitiesQuery
	if err := decode(c, &asked); err != nil {
		return err
	}
	found, err := h.app.ReadIdentities(c.Request().Context(), asked)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, people.IdentitiesAnswer{Identities: found})
}

// readRecords is POST /internal/v1/records.
func (h *api) readRecords(c echo.Context) error {
	var asked people.RecordsQuery
	if err := decode(c, &asked); err != nil {
		return err
	}
	answer, err := h.app.ReadRecords(c.Request().Context(), asked)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, answer)
}

type cardToken struct {
	Token string `json:"token"`
}

// foundCard says whose card it is and when it counted: what was scanned before
// ended_at was scanned from a card that counted.
type foundCard struct {
	VolunteerID string    `json:"volunteer_id"`
	IssuedAt    time.Time `json:"issued_at"`
	EndedAt     time.Time `json:"ended_at,omitzero"`
}

// lookUpCard is POST /internal/v1/cards/lookup.
func (h *api) lookUpCard(c echo.Context) error {
	var asked cardToken
	if err := decode(c, &asked); err != nil {
		return err
	}
	card, err := h.app.LookUpCard(c.Request().Context(), asked.Token)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, foundCard{VolunteerID: card.VolunteerID, IssuedAt: card.IssuedAt, EndedAt: card.EndedAt})
}

// decode reads a body of JSON without fields that nobody knows. The routes of
// the contract need none of it: the contract has been checked before.
func decode(c echo.Context, into any) error {
	d := json.NewDecoder(c.Request().Body)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
	}
	return nil
}
