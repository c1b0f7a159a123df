package api_test

import (
	"maps"
	"net/url"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

// rights has a row for each operation: how somebody without a part in it, the
// leader, another team's leader, and officers of the region and of another are answered.
var rights = map[string][]int{
	"listProgrammes":        {200, 200, 200, 200, 200},
	"createTask":            {403, 201, 403, 403, 403},
	"getTask":               {200, 200, 200, 200, 200},
	"publishTask":           {404, 200, 404, 404, 404},
	"changeTask":            {404, 200, 404, 404, 404},
	"discardDraft":          {404, 204, 404, 404, 404},
	"cancelTask":            {404, 200, 404, 404, 404},
	"cancelShift":           {404, 200, 404, 404, 404},
	"listProgrammeSettings": {403, 403, 403, 200, 200},
	"addProgramme":          {403, 403, 403, 403, 403},
	"changeProgramme":       {403, 403, 403, 403, 403},
	"setProgramme":          {403, 403, 403, 403, 403}, // it takes an administrator of the city; the example has one
	"listCampaigns":         {200, 200, 200, 200, 200},
	"createCampaign":        {403, 403, 403, 403, 403},
	"endCampaign":           {404, 404, 404, 404, 404},
	"listPauses":            {403, 403, 403, 200, 200},
	"createPause":           {403, 403, 403, 403, 403}, // it takes a coordinator; the example has one
	"previewPause":          {403, 403, 403, 403, 403},
	"endPause":              {404, 404, 404, 404, 404},
	"listCallees":           {404, 200, 404, 404, 404},
	"listLedTasks":          {200, 200, 200, 200, 200},
	"listShifts":            {200, 200, 200, 200, 200},
	"createSignUp":          {201, 201, 201, 201, 201},
	"withdrawSignUp":        {404, 404, 404, 404, 404}, // another's
	"listMyShifts":          {200, 200, 200, 200, 200},
	"listLedShifts":         {200, 200, 200, 200, 200},
	"putMyDevice":           {200, 200, 200, 200, 200},
	"createClaim":           {409, 409, 409, 409, 409}, // without a seat
	"getPresence":           {200, 200, 200, 200, 200},
	"getCode":               {404, 200, 404, 404, 404},
	"getRoster":             {404, 200, 404, 200, 404},
	"followShift":           {404, 200, 404, 200, 404},
	"confirmShift":          {404, 200, 404, 404, 404},
	"listDeadLetters":       {403, 403, 403, 403, 403}, // these take an administrator of the city
	"redriveDeadLetters":    {403, 403, 403, 403, 403},
}

// abroad says for whom what the examples call foreign is theirs after all.
var abroad = map[string][]int{
	"getTask":      {0, 0, 200, 0, 0},
	"createTask":   {0, 0, 201, 0, 0},
	"publishTask":  {0, 0, 200, 0, 0},
	"changeTask":   {0, 0, 200, 0, 0},
	"discardDraft": {0, 0, 204, 0, 0},
	"cancelTask":   {0, 0, 404, 0, 0}, // their draft: nothing to call off
	"cancelShift":  {0, 0, 404, 0, 0},
	"listCallees":  {0, 0, 200, 0, 0},
	"getCode":      {0, 0, 200, 0, 0},
	"getRoster":    {0, 0, 200, 200, 0},
	"followShift":  {0, 0, 200, 200, 0},
	"confirmShift": {0, 0, 404, 0, 0}, // their shift, but not their attendances
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	doc, err := gen.GetSpec()
	s.must(err)
	operations := s.posting()
	maps.Copy(operations, s.changing())
	maps.Copy(operations, s.pausing())
	maps.Copy(operations, s.programmes())
	maps.Copy(operations, s.training())
	maps.Copy(operations, s.takingPart())
	maps.Copy(operations, s.leading())
	maps.Copy(operations, s.confirming())
	maps.Copy(operations, s.recording())
	maps.Copy(rights, recordingRights)
	maps.Copy(abroad, recordingAbroad)
	maps.Copy(operations, s.signing(s.shift(s.ours)))
	maps.Copy(operations, s.joint())
	maps.Copy(rights, jointRights)
	maps.Copy(abroad, jointAbroad)
	maps.Copy(rights, trainingRights)
	maps.Copy(rights, signingRights)
	maps.Copy(abroad, signingAbroad)
	maps.Copy(rights, confirmingRights)
	maps.Copy(abroad, confirmingAbroad)
	maps.Copy(operations, s.paper())
	maps.Copy(rights, paperRights)
	maps.Copy(operations, s.away())
	maps.Copy(operations, apitest.DeadLetters(s.db))
	maps.Copy(rights, awayRights)
	maps.Copy(operations, s.swaps())
	maps.Copy(rights, swapRights)
	maps.Copy(abroad, swapAbroad)
	maps.Copy(abroad, paperAbroad)
	people := []apitest.Person{
		{Name: "a volunteer", As: by(id.New())}, {Name: "the leader", As: by(s.ours.leader)}, {Name: "another team's leader", As: by(s.theirs.leader)},
		{Name: "an officer of the region", As: officer("4106/410611/")}, {Name: "an officer of another", As: officer("4106/410621/")},
	}
	apitest.Check(t, apitest.Service{
		Document: doc, Handler: s.server, Signer: s.signer, DB: s.db,
		MayChange: []string{"code_tries"}, Operations: operations, People: people, Rights: rights, Abroad: abroad,
	})
}

func officer(regionPath string) auth.Principal {
	return auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "viewer", RegionPath: regionPath}}}
}

type object = map[string]any

func by(volunteerID string) auth.Principal { return auth.Principal{VolunteerID: volunteerID} }

// always answers with a request that stays good.
func always(r apitest.Request) func(testing.TB) apitest.Request {
	return func(testing.TB) apitest.Request { return r }
}

func (s *site) posting() map[string]apitest.Operation {
	anybody, theirDraft := by(id.New()), s.draft(s.theirs)
	shift := s.shift(s.ours)
	task := object{
		"team_id": s.ours.team, "programme_id": s.programme, "title": "淇河岸边捡拾垃圾", "description": "带好手套", "place": "淇水湾东门",
		"kind": "training", "sessions_needed": 1, "latitude": 35.75, "longitude": 114.3, "risks": "岸边湿滑", "risky": true, "insurance": "市志愿者保险", "bring": "手套",
		"contact_name": "王秀英", "contact_phone": "13800000000",
		"shifts": []any{object{"starts_at": "2026-11-28T09:00:00+08:00", "ends_at": "2026-11-28T11:30:00+08:00", "capacity": 20}},
	}
	return map[string]apitest.Operation{
		"listProgrammes": {Good: always(apitest.Request{As: anybody})},
		"createTask": {
			Good: always(apitest.Request{As: by(s.ours.leader), Body: task}),
			Also: []func(testing.TB) apitest.Request{always(apitest.Request{As: by(s.ours.leader), Body: object{
				"team_id": s.ours.team, "programme_id": s.programme, "title": "陪伴电话", "only_members": true,
				"shifts": []any{object{"open_from": "2026-11-23T00:00:00+08:00", "starts_at": "2026-11-30T00:00:00+08:00", "ends_at": "2026-12-01T00:00:00+08:00", "capacity": 20}},
			}})},
			Foreign: map[string]string{"team_id": s.theirs.team, "programme_id": "", "campaign_id": ""},
		},
		"getTask": {
			Good:    always(apitest.Request{As: anybody, Path: map[string]string{"task_id": shift.TaskID}}),
			Foreign: map[string]string{"task_id": theirDraft.ID},
		},
		"publishTask": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: by(s.ours.leader), Path: map[string]string{"task_id": s.draft(s.ours).ID}}
			},
			Foreign: map[string]string{"task_id": theirDraft.ID},
		},
		"listShifts": {
			Good: always(apitest.Request{As: anybody}),
			Also: []func(testing.TB) apitest.Request{always(apitest.Request{As: anybody, Query: url.Values{
				"from": {"2026-11-23T00:00:00+08:00"}, "to": {"2026-12-23T00:00:00+08:00"}, "programme_id": {s.programme}, "team_id": {s.ours.team}, "kind": {"service"},
				"region": {"410611"}, "limit": {"1"}, "words": {"淇河"}, "near": {"35.75,114.30"}, "radius": {"5000"}, "only": {"mine"},
			}})},
		},
	}
}

func (s *site) takingPart() map[string]apitest.Operation {
	shift, theirDraft := s.shift(s.ours), s.draft(s.theirs)
	hidden := map[string]string{"shift_id": theirDraft.Shifts[0].ID}
	here := map[string]string{"shift_id": shift.ID}
	mine := s.signUp(shift)
	return map[string]apitest.Operation{
		"createSignUp": {
			Good:    func(testing.TB) apitest.Request { return apitest.Request{As: by(id.New()), Path: here} },
			Foreign: hidden,
		},
		"withdrawSignUp": {
			Good: func(testing.TB) apitest.Request {
				u := s.signUp(shift)
				return apitest.Request{As: by(u.VolunteerID), Path: map[string]string{"sign_up_id": u.ID}, Body: object{"reason": "临时有事"}}
			},
			Foreign: map[string]string{"sign_up_id": mine.ID},
		},
		"listMyShifts": {Good: always(apitest.Request{As: by(mine.VolunteerID)})},
		"getPresence":  {Good: always(apitest.Request{As: by(mine.VolunteerID), Path: here}), Foreign: hidden},
		"putMyDevice": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: by(id.New()), Path: map[string]string{"device_id": id.New()}, Body: object{
					"public_key": s.publicKey(), "phone_time": s.clock.Now().Format(time.RFC3339Nano),
				}}
			},
			Foreign: map[string]string{"device_id": ""},
		},
		"createClaim": {
			Good: s.keptClaim(shift),
			Also: []func(testing.TB) apitest.Request{
				s.claim(shift, func(b object) { b["ticket"] = s.ticket(shift) }),
				s.cardScan(shift),
				s.claim(shift, func(b object) { b["digits"] = shift.Key.Digits(shift.ID, s.clock.Now()) }),
				func(testing.TB) apitest.Request {
					return apitest.Request{As: by(s.ours.leader), Body: object{
						"claim_id": id.New(), "shift_id": shift.ID, "kind": "in", "volunteer_id": s.signUp(shift).VolunteerID,
					}}
				},
			},
			Foreign: map[string]string{
				"claim_id": "", "kept.device_id": "", "shift_id": theirDraft.Shifts[0].ID, "volunteer_id": s.attended(s.theirs, s.shift(s.theirs)).VolunteerID,
			},
		},
	}
}

// claim is somebody's check-in with the evidence that show adds.
func (s *site) claim(shift app.ShiftView, show func(object)) func(testing.TB) apitest.Request {
	return func(testing.TB) apitest.Request {
		body := object{"claim_id": id.New(), "shift_id": shift.ID, "kind": "in"}
		show(body)
		return apitest.Request{As: by(s.signUp(shift).VolunteerID), Body: body}
	}
}

func (s *site) leading() map[string]apitest.Operation {
	leader, shift, theirs := by(s.ours.leader), s.shift(s.ours), s.shift(s.theirs)
	s.attended(s.ours, shift)
	foreign := map[string]string{"shift_id": theirs.ID}
	here := always(apitest.Request{As: leader, Path: map[string]string{"shift_id": shift.ID}})
	return map[string]apitest.Operation{
		"listLedShifts": {Good: always(apitest.Request{As: leader})},
		"getCode":       {Good: here, Foreign: foreign},
		"getRoster":     {Good: here, Foreign: foreign},
		"followShift":   {Good: here, Foreign: foreign},
		"confirmShift": {
			Good: func(testing.TB) apitest.Request {
				shift := s.shift(s.ours)
				at := s.attended(s.ours, shift)
				return apitest.Request{As: leader, Path: map[string]string{"shift_id": shift.ID}, Body: object{
					"people_served": 40,
					"decisions":     []any{object{"attendance_id": at.ID, "verdict": "reject", "reason": "替人签到", "ended_at": s.clock.Now().Format(time.RFC3339)}},
				}}
			},
			Foreign: map[string]string{"shift_id": theirs.ID, "decisions[0].attendance_id": s.attended(s.theirs, theirs).ID},
		},
	}
}
