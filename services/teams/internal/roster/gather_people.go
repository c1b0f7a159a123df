package roster

import (
	"time"
	"unicode"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// readPerson reads the person of a line: a member, or a team's leader.
func (g *gathering) readPerson() {
	name, phone, id := fieldName, fieldPhone, fieldID
	if !g.table.byPerson {
		name, phone, id = fieldLeader, fieldLeaderPhone, fieldLeaderID
	}
	p := &g.row.Person
	switch text := g.text(name); {
	case !nothing(text):
		clear, err := domain.ParseName(text)
		if err != nil {
			g.row.find(NameWrong, name, "")
			return
		}
		p.Name = clear
	case g.table.byPerson:
		g.row.find(NameMissing, name, "")
		return
	default:
		return // a team of which nobody is named
	}
	var wrong Kind
	if p.Phone, wrong = readPhone(g.line.At(g.table.at(phone))); wrong != "" {
		g.row.find(wrong, phone, "")
	}
	if p.ID, wrong = readID(g.line.At(g.table.at(id)), g.Book.Format); wrong != "" {
		g.row.find(wrong, id, "")
	}
	if p.Phone != "" {
		p.PhoneKey = g.options.Keys.Phone(p.Phone)
	}
	if p.ID != "" {
		p.IDKey = g.options.Keys.ID(p.ID)
	}
	p.Role = "leader"
	if g.table.byPerson {
		g.readRest(p)
	}
	g.readAge(p, id)
}

func (g *gathering) readRest(p *PersonFacts) {
	p.Role = ""
	if text := g.text(fieldRole); !nothing(text) {
		role, clear := readRole(text)
		p.Role = role
		if !clear {
			g.row.find(RoleUnread, fieldRole, "")
		}
	}
	p.Joined = g.readDay(fieldJoined)
	if text := g.text(fieldSex); !nothing(text) {
		if p.Sex = readSex(text); p.Sex == "" {
			g.row.find(SexUnread, fieldSex, "")
		}
	}
}

// readAge compares what the identity number says with the other columns, and
// keeps minors out.
func (g *gathering) readAge(p *PersonFacts, id field) {
	var birth time.Time
	if c := g.line.At(g.table.at(fieldBirth)); !nothing(clean(c.Text)) {
		birth, _ = g.Book.Day(c) // of use only beside a number, and then the number counts
	}
	adult := birth.AddDate(18, 0, 0)
	at := fieldBirth
	if p.ID != "" {
		number := domain.IDNumber(p.ID)
		if p.Sex != "" && p.Sex != number.Sex() {
			g.row.find(SexDiffers, fieldSex, "")
		}
		if b := number.Birthday(); !birth.IsZero() && (b.Year() != birth.Year() || b.Month() != birth.Month()) {
			g.row.find(BirthDiffers, fieldBirth, "")
		}
		p.Sex, adult, at = number.Sex(), number.AdultOn(), id
	}
	if (p.ID != "" || !birth.IsZero()) && g.options.Now.In(clock.City).Before(adult) {
		g.row.find(Minor, at, "")
	}
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
