package api_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

// The columns of principals, from who may least to who may most. "Whose own it is" is the
// companion parent of the very child, the helper of the very family, or who applied, claimed
// or supervises; a guardian is nobody who has a link.
var columns = []string{
	"nobody", "a volunteer", "a brigade's leader", "the companion parent of another child", "whose own it is", "a viewer of the city", "a coordinator of the county",
	"an administrator of the city", "a child-care officer of another county", "one of the county who has not the case", "who has the case, without a second factor", "who has the case",
}

// theOther is the column of the companion parent of another child.
const theOther = 3

// secrets is what examples say of children, families and companion parents.
var secrets = []string{
	"小丽", `"given_name"`, "三组", "由爷爷照看", "张红", "13900001234", "义乌", "奶奶", "中心小学", "想有人陪我看书", "张家", "张三", "一人有病", "修屋顶", "送了药", "问了作业", "晚上没有人",
	"屯子派出所", "有耐心", "想陪孩子读书", "2015-09-01", "41062120150901", "41062119600901", "3 号柜",
}

// sees is every field of what a companion parent gets of a child, and what it may hold.
var sees = []string{
	"address", "age", "agreed", "child_shown", "given_name", "handover", "pairing_id", "plan", "region_name", "state", "state_at", "supervising_name", "team_name", "trial_ends_at",
}

// routes are the document's operations by id.
func routes(t *testing.T) (prefix string, all map[string][2]string) {
	t.Helper()
	doc, err := gen.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	all = map[string][2]string{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			all[strings.ToLower(op.OperationID[:1])+op.OperationID[1:]] = [2]string{method, path}
		}
	}
	return doc.Servers[0].URL, all
}

// sends asks the service by HTTP.
func (s *site) sends(prefix string, route [2]string, r apitest.Request, as auth.Principal) *httptest.ResponseRecorder {
	s.t.Helper()
	target := route[1]
	for name, value := range r.Path {
		target = strings.ReplaceAll(target, "{"+name+"}", url.PathEscape(value))
	}
	if len(r.Query) > 0 {
		target += "?" + r.Query.Encode()
	}
	body, kind := r.File, "application/octet-stream"
	if r.Body != nil {
		var err error
		body, err = json.Marshal(r.Body)
		s.must(err)
		kind = "application/json"
	}
	request := httptest.NewRequestWithContext(s.t.Context(), route[0], prefix+target, bytes.NewReader(body))
	if len(body) > 0 {
		request.Header.Set("Content-Type", kind)
	}
	if as.VolunteerID != "" {
		token, err := s.signer.Token(as)
		s.must(err)
		request.Header.Set("Authorization", "Bearer "+token)
	}
	answer := httptest.NewRecorder()
	s.server.ServeHTTP(answer, request)
	return answer
}

// about says of each kind of id who has the case and whose own it is.
var about = map[string]string{
	"child_id":     `SELECT officer_id, (SELECT volunteer_id FROM pairings p WHERE p.child_id = c.id ORDER BY proposed_at DESC LIMIT 1) FROM children c WHERE id = $1`,
	"consent_id":   `SELECT officer_id, NULL FROM children c WHERE id = (SELECT child_id FROM consents WHERE id = $1)`,
	"companion_id": `SELECT NULL, volunteer_id FROM companions WHERE id = $1`,
	"pairing_id":   `SELECT c.officer_id, p.volunteer_id FROM pairings p JOIN children c ON c.id = p.child_id WHERE p.id = $1`,
	"pair_id":      `SELECT c.officer_id, m.volunteer_id FROM matching_pairs p JOIN children c ON c.id = p.child_id JOIN companions m ON m.id = p.companion_id WHERE p.id = $1`,
	"contact_id":   `SELECT c.officer_id, p.volunteer_id FROM contacts t JOIN pairings p ON p.id = t.pairing_id JOIN children c ON c.id = p.child_id WHERE t.id = $1`,
	"concern_id":   `SELECT handler_id, NULL FROM concerns WHERE id = $1`,
	"household_id": `SELECT officer_id, (SELECT helper_id FROM aid_cases a WHERE a.household_id = h.id LIMIT 1) FROM households h WHERE id = $1`,
	"aid_case_id":  `SELECT h.officer_id, a.helper_id FROM aid_cases a JOIN households h ON h.id = a.household_id WHERE a.id = $1`,
	"wish_id":      `SELECT NULL, claimed_by FROM wishes WHERE id = $1`,
}

// cast returns everybody who tries a request, in the order of columns.
func (s *site) cast(t *testing.T, r apitest.Request, another auth.Principal) []auth.Principal {
	t.Helper()
	holder, own := mine, auth.Principal{VolunteerID: id.New(), SessionID: id.New()}
	if len(r.As.Grants) > 0 {
		holder = r.As
	} else if r.As.VolunteerID != "" {
		own = r.As
	}
	for name, value := range r.Path {
		var officer, person sql.Null[string]
		if about[name] == "" {
			continue
		}
		if err := s.db.Owner(t).QueryRow(about[name], value).Scan(&officer, &person); err != nil && !errors.Is(err, sql.ErrNoRows) {
			t.Fatal(err)
		}
		if officer.Valid {
			holder = careOf("4106/410621/")
			holder.VolunteerID = officer.V
		}
		if person.Valid && person.V != own.VolunteerID {
			own = auth.Principal{VolunteerID: person.V, SessionID: id.New()}
		}
	}
	if own.SessionID == "" {
		own.SessionID = id.New()
	}
	volunteer, leader := auth.Principal{VolunteerID: id.New(), SessionID: id.New()}, auth.Principal{VolunteerID: id.New(), SessionID: id.New()}
	team := r.Path["team_id"]
	if team == "" {
		team = id.New()
	}
	s.must(s.db.InTx(t.Context(), func(q postgres.Querier) error {
		for _, who := range []auth.Principal{volunteer, leader, another, own} { // each has shown her PIN
			if err := store.UpsertPass(t.Context(), q, who.SessionID, who.VolunteerID, s.app.Now().Add(time.Minute)); err != nil {
				return err
			}
		}
		return s.app.LearnMemberships(t.Context(), q, []teamsv1.MembershipChanged{
			{MembershipID: id.New(), TeamID: team, VolunteerID: leader.VolunteerID, Role: "leader", State: "active", Version: 1},
			{MembershipID: id.New(), TeamID: team, VolunteerID: own.VolunteerID, Role: "member", State: "active", Version: 1},
		})
	}))
	as := func(role, path string) auth.Principal {
		p := careOf(path)
		p.Grants[0].Role = role
		return p
	}
	weak := holder
	weak.Strong = false
	return []auth.Principal{
		{}, volunteer, leader, another, own, as("viewer", "4106/"), as("coordinator", "4106/410621/"),
		as("administrator", "4106/"), careOf("4106/410611/"), careOf("4106/410621/"), weak, holder,
	}
}

// lines is how many openings were written since, and of how many records and acts.
func (s *site) lines(since int64) (n, distinct int, last int64) {
	s.t.Helper()
	const query = `SELECT count(*), count(DISTINCT (subject_id, act)), coalesce(max(n), $1) FROM openings WHERE n > $1`
	s.must(s.db.Owner(s.t).QueryRow(query, since).Scan(&n, &distinct, &last))
	return n, distinct, last
}

// Everybody who could ask for each operation of the document, one by one, about the very
// child or family that the good request is about: what status they get, and, marked by a star,
// that they had a key, which is written down. Whoever had none reads no word of anybody.
//
// Then the record of openings is broken, and each good request that opens the vault is
// answered 503 and tells nothing; those that go on as before hand out no key. So a new
// operation can neither be forgotten nor read unrecorded.
func TestPrincipals(t *testing.T) { //nolint:paralleltest // what examples count is counted once for the whole package
	s := newSite(t)
	prefix, all := routes(t)
	examples := s.operations()
	another := s.trial(t).her
	owner := s.db.Owner(t)
	said := func(answer *httptest.ResponseRecorder) (words []string) {
		for _, secret := range secrets {
			if strings.Contains(answer.Body.String(), secret) {
				words = append(words, secret)
			}
		}
		return words
	}
	table, asked, opening, told := map[string]string{}, 0, []string{}, 0
	_, _, last := s.lines(0)
	for _, op := range slices.Sorted(maps.Keys(all)) {
		example, ok := examples[op]
		if !ok {
			t.Errorf("%s has no example", op)
			continue
		}
		request := example.Good(t)
		people := s.cast(t, request, another)
		_, _, last = s.lines(last)
		var cells []string
		for column := range columns {
			answer := s.sends(prefix, all[op], request, people[column])
			asked++
			var n, distinct int
			n, distinct, last = s.lines(last)
			cell := fmt.Sprint(answer.Code)
			if n > 0 {
				cell += "*"
			}
			cells = append(cells, cell)
			words := said(answer)
			switch {
			case n != distinct:
				t.Errorf("%s by %s: %d lines for %d records", op, columns[column], n, distinct)
			case len(words) > 0 && (n == 0 || answer.Code >= 300):
				t.Errorf("%s by %s: %d, %d lines, yet it says %q", op, columns[column], answer.Code, n, words)
			}
			if len(words) > 0 {
				told++
			}
			if answer.Code == http.StatusOK && (op == "openMyPairing" || op == "listMyPairings") {
				wantOnly(t, answer.Body.Bytes())
			}
			if answer.Code < 300 && all[op][0] != http.MethodGet && column < len(columns)-1 {
				if column == theOther { // what she did may have ended it
					another = s.trial(t).her
				}
				request = example.Good(t)
				people = s.cast(t, request, another)
				_, _, last = s.lines(last)
			}
		}
		table[op] = strings.Join(cells, " ")

		if all[op][0] != http.MethodGet {
			request = example.Good(t)
			_, _, last = s.lines(last)
		}
		if request.As.SessionID != "" {
			s.must(s.db.InTx(t.Context(), func(q postgres.Querier) error {
				return store.UpsertPass(t.Context(), q, request.As.SessionID, request.As.VolunteerID, s.app.Now().Add(time.Minute))
			}))
		}
		owner.MustExec(`REVOKE INSERT ON openings FROM pairings_owner`)
		broken := s.sends(prefix, all[op], request, request.As)
		owner.MustExec(`GRANT INSERT ON openings TO pairings_owner`)
		whole := s.sends(prefix, all[op], request, request.As) // the control: it can be read
		var n int
		n, _, last = s.lines(last)
		switch words := said(broken); {
		case len(words) > 0:
			t.Errorf("%s tells %q though it cannot be written down", op, words)
		case n > 0 && broken.Code != http.StatusServiceUnavailable:
			t.Errorf("%s opens the vault, yet with the record broken it is %d", op, broken.Code)
		case n == 0 && broken.Code == http.StatusServiceUnavailable:
			t.Errorf("%s is 503 with the record broken, yet opens nothing", op)
		case n > 0 && whole.Code >= 300:
			t.Errorf("%s opens the vault and is %d: %s", op, whole.Code, whole.Body)
		}
		if n > 0 {
			opening = append(opening, op)
		}
	}
	if told < 10 { // control: that nobody reads a word is no news where nobody could
		t.Errorf("only %d answers say anything of anybody", told)
	}
	t.Logf("%d operations by %d principals: %d requests, %d readings, each with its line; %d operations open the vault, and with the record broken each is 503 and tells 0 words",
		len(all), len(columns), asked, told, len(opening))
	for _, op := range slices.Sorted(maps.Keys(table)) {
		if principals[op] != table[op] {
			t.Errorf("%q: %q, want %q", op, table[op], principals[op])
		}
	}
	for op := range principals {
		if _, ok := all[op]; !ok {
			t.Errorf("the document has no operation %q", op)
		}
	}
}

// wantOnly wants no other fields of a pairing than sees.
func wantOnly(t *testing.T, body []byte) {
	t.Helper()
	var list struct {
		Items []map[string]any `json:"items"`
	}
	if err := json.Unmarshal(body, &list); err != nil {
		t.Fatal(err)
	}
	if list.Items == nil {
		var one map[string]any
		if err := json.Unmarshal(body, &one); err != nil {
			t.Fatal(err)
		}
		list.Items = append(list.Items, one)
	}
	for _, one := range list.Items {
		for field := range one {
			if !slices.Contains(sees, field) {
				t.Errorf("a companion parent gets %s", field)
			}
		}
		if name, _ := one["given_name"].(string); name != "丽" && name != "" {
			t.Errorf("the given name is %s", name)
		}
	}
}
