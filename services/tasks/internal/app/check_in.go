package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/groupwrite"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// NewClaim is what a phone sends to check somebody in or out.
type NewClaim struct {
	ClaimID     string
	ShiftID     string
	Kind        domain.ClaimKind
	Ticket      string         // from an opened check-in link
	Code        string         // scanned by the open page
	Digits      string         // typed from the leader's screen
	VolunteerID string         // a leader taps this person
	Signed      *domain.Signed // by the phone that kept it; with Code or VolunteerID
	Mark        string         // the browser's
	Card        string         // the token of a volunteer card that a leader scanned
	WalkIn      bool           // who did not sign up and is here
}

// ClaimResult is what is known after a claim.
type ClaimResult struct {
	domain.Listing                    // the shift
	Attendance     *domain.Attendance // nil: a kept claim that waits for the leader's look, of somebody not checked in
	Present        int                // how many are checked in now
	Doubt          domain.Doubt       // why it waits
	VolunteerID    string             // whose presence it is about
	Spot           *domain.Spot       // where, for a phone whose owner consented to compare places; else nil
}

// CreateClaim checks the reader in or out, or, with a leader's tap, somebody
// on the roster. The same claim id again gives the same answer. It returns
// ErrCodeExpired, ErrWrongDigits, ErrTooManyTries, ErrNotSignedUp, ErrNotLeader
// and the other refusals of the domain.
func (a *App) CreateClaim(ctx context.Context, n NewClaim) (ClaimResult, error) {
	claim, err := a.readClaim(ctx, n)
	if err != nil {
		measureClaim(claim, ClaimResult{}, err)
		return ClaimResult{}, err
	}
	result, err := a.claims.Do(ctx, claim)
	measureClaim(claim, result, err)
	a.shifts.Touch(n.ShiftID)
	return result, err
}

// readClaim checks what can be checked without the database: a ticket's
// signature costs more than the rest of a check-in together.
func (a *App) readClaim(ctx context.Context, n NewClaim) (domain.Claim, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Claim{}, err
	}
	c := domain.Claim{
		ID: n.ClaimID, ShiftID: n.ShiftID, VolunteerID: p.VolunteerID, ActorID: p.VolunteerID,
		Kind: n.Kind, WalkIn: n.WalkIn, Signed: n.Signed, Mark: n.Mark, Shared: p.Shared, ReceivedAt: a.clock.Now(),
	}
	var ticket auth.Ticket
	if n.Ticket != "" {
		if ticket, err = a.tickets.Ticket(n.Ticket); err != nil || ticket.ShiftID != n.ShiftID {
			return domain.Claim{}, domain.ErrCodeExpired
		}
		if ticket.Mark != "" && ticket.Mark != n.Mark { // passed on, or a request that somebody caught
			return domain.Claim{}, domain.ErrOtherBrowser
		}
	}
	if n.VolunteerID != "" {
		c.VolunteerID = n.VolunteerID
	}
	if n.Signed != nil && (n.Ticket != "" || n.Digits != "") || n.Ticket != "" && n.Code != "" {
		return domain.Claim{}, domain.ErrEvidence
	}
	c.Evidence, err = domain.NewEvidence(domain.Evidence{
		Code: ticket.Code + n.Code, SeenAt: ticket.OpenedAt, Digits: n.Digits, Tap: n.VolunteerID != "", Card: n.Card,
	})
	if err == nil && n.Card != "" {
		c.VolunteerID, err = a.openCard(ctx, c)
	}
	return c, err
}

// openCard returns whose card it is. What was scanned before a card was lost or
// replaced was scanned from one that counted.
func (a *App) openCard(ctx context.Context, c domain.Claim) (volunteerID string, err error) {
	card, err := a.people.FindCard(ctx, c.Evidence.Card)
	switch {
	case errors.Is(err, people.ErrNoCard):
		return "", domain.ErrNoCard
	case err != nil:
		a.log.Warn("a card could not be looked up", "error", err)
		return "", domain.ErrCardAway
	}
	seen := c.ReceivedAt
	if c.Signed != nil {
		seen = c.Signed.ObservedAt
	}
	if !card.EndedAt.IsZero() && !seen.Before(card.EndedAt) {
		return "", domain.ErrCardVoid
	}
	return card.VolunteerID, nil
}

// writeClaims carries out a group of claims in one transaction, each with its own result.
func (a *App) writeClaims(ctx context.Context, group []domain.Claim) ([]groupwrite.Result[ClaimResult], error) {
	results := make([]groupwrite.Result[ClaimResult], len(group))
	err := a.db.InTx(ctx, func(q postgres.Querier) error {
		g, err := a.openGate(ctx, q, group)
		if err != nil {
			return err
		}
		for i, c := range group {
			results[i].Value, results[i].Err = g.decide(c)
		}
		return g.keep(ctx, q, results)
	})
	return results, err
}
