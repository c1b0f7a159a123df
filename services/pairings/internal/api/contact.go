package api

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

func contactOf(c domain.Contact) gen.Contact {
	return gen.Contact{
		ContactID: c.ID, PairingID: c.PairingID, Kind: gen.ContactKind(c.Kind), Made: c.Made, At: c.At, Minutes: c.Minutes, RecordedAt: c.RecordedAt,
		State: gen.ContactState(c.State), DecidedAt: c.DecidedAt, Reason: gen.ContactReason(c.Reason), Counted: c.Counted, CountedWhy: gen.CountedReason(c.CountedWhy),
	}
}

func standOf(s domain.Stand) gen.ContactStand {
	return gen.ContactStand{Due: s.Due, Rung: int(s.Rung)}
}

// ListMyContacts is GET /contacts/mine.
func (h handlers) ListMyContacts(ctx context.Context, _ gen.ListMyContactsRequestObject) (gen.ListMyContactsResponseObject, error) {
	mine, err := h.app.ListMyContacts(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.MyContactsList{Items: make([]gen.MyContacts, len(mine))}
	for i, m := range mine {
		contacts := make([]gen.Contact, len(m.Contacts))
		for j, c := range m.Contacts {
			contacts[j] = contactOf(c)
		}
		list.Items[i] = gen.MyContacts{
			PairingID: m.PairingID, BeganAt: m.BeganAt, Paused: m.State == domain.PairingPaused, Meet: standOf(m.Meet), Call: standOf(m.Call), Contacts: contacts,
		}
	}
	return gen.ListMyContacts200JSONResponse(list), nil
}

// ListContactsToDecide is GET /contacts/to-decide.
func (h handlers) ListContactsToDecide(ctx context.Context, _ gen.ListContactsToDecideRequestObject) (gen.ListContactsToDecideResponseObject, error) {
	contacts, err := h.app.ListContactsToDecide(ctx)
	if err != nil {
		return nil, err
	}
	return gen.ListContactsToDecide200JSONResponse(contactsOf(contacts)), nil
}

// ListPairingContacts is GET /pairings/{pairing_id}/contacts.
func (h handlers) ListPairingContacts(ctx context.Context, r gen.ListPairingContactsRequestObject) (gen.ListPairingContactsResponseObject, error) {
	contacts, err := h.app.ListPairingContacts(ctx, r.PairingID)
	if err != nil {
		return nil, err
	}
	return gen.ListPairingContacts200JSONResponse(contactsOf(contacts)), nil
}

func contactsOf(contacts []app.ListedContact) gen.ContactList {
	list := gen.ContactList{Items: make([]gen.ListedContact, len(contacts))}
	for i, c := range contacts {
		list.Items[i] = gen.ListedContact{Contact: contactOf(c.Contact), VolunteerName: c.VolunteerName, RegionName: c.RegionName, Attention: c.Attention}
	}
	return list
}

// OpenContact is GET /contacts/{contact_id}/note.
func (h handlers) OpenContact(ctx context.Context, r gen.OpenContactRequestObject) (gen.OpenContactResponseObject, error) {
	note, err := h.app.OpenContact(ctx, r.ContactID)
	if err != nil {
		return nil, err
	}
	opened := gen.ContactNote{Looks: []gen.ContactLook{}, Note: note.Note}
	for _, look := range domain.Looks {
		if said, ok := note.Looks[look]; ok {
			opened.Looks = append(opened.Looks, gen.ContactLook{What: gen.ContactLookWhat(look), Attend: said == domain.LookAttend})
		}
	}
	return gen.OpenContact200JSONResponse(opened), nil
}

// DecideContacts is POST /contacts/decisions.
func (h handlers) DecideContacts(ctx context.Context, r gen.DecideContactsRequestObject) (gen.DecideContactsResponseObject, error) {
	decisions := make([]domain.ContactDecision, len(r.Body.Decisions))
	for i, d := range r.Body.Decisions {
		decisions[i] = domain.ContactDecision{ContactID: d.ContactID, Counts: d.Counts, Reason: string(d.Reason), Minutes: d.Minutes, Why: string(d.Why)}
	}
	if err := h.app.DecideContacts(ctx, decisions); err != nil {
		return nil, err
	}
	return gen.DecideContacts204Response{}, nil
}

// ListOverdueContacts is GET /contacts/overdue.
func (h handlers) ListOverdueContacts(ctx context.Context, _ gen.ListOverdueContactsRequestObject) (gen.ListOverdueContactsResponseObject, error) {
	overdue, err := h.app.ListOverdueContacts(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.OverdueList{Items: make([]gen.OverdueContact, len(overdue))}
	for i, o := range overdue {
		list.Items[i] = gen.OverdueContact{
			PairingID: o.PairingID, VolunteerName: o.VolunteerName, RegionName: o.RegionName, SupervisorName: o.SupervisorName,
			Rung: int(o.Highest()), Meet: standOf(o.Meet), Call: standOf(o.Call),
		}
	}
	return gen.ListOverdueContacts200JSONResponse(list), nil
}

// ListContactPlans is GET /contact-plans.
func (h handlers) ListContactPlans(ctx context.Context, _ gen.ListContactPlansRequestObject) (gen.ListContactPlansResponseObject, error) {
	plans, maySet, err := h.app.ListContactPlans(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.ContactPlanList{Items: make([]gen.ContactPlan, len(plans)), MaySet: maySet}
	for i, p := range plans {
		list.Items[i] = gen.ContactPlan{
			Code: p.Code, ValidFrom: p.ValidFrom, MeetMonths: p.MeetMonths, CallWeeks: p.CallWeeks, Silence: p.Silence[:], Reason: p.Reason,
			InForce: p.InForce, SetBy: p.SetByName, SetAt: p.SetAt,
		}
	}
	return gen.ListContactPlans200JSONResponse(list), nil
}

// AddContactPlan is POST /contact-plans.
func (h handlers) AddContactPlan(ctx context.Context, r gen.AddContactPlanRequestObject) (gen.AddContactPlanResponseObject, error) {
	b := r.Body
	p := domain.ContactPlan{
		Code: b.Code, ValidFrom: b.ValidFrom.Format(time.DateOnly), MeetMonths: b.MeetMonths, CallWeeks: b.CallWeeks, Reason: b.Reason,
	}
	copy(p.Silence[:], b.Silence)
	if err := h.app.AddContactPlan(ctx, p); err != nil {
		return nil, err
	}
	return gen.AddContactPlan204Response{}, nil
}
