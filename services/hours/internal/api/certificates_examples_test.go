package api_test

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

var certificateRights = map[string][]int{
	"listMyCertificates":         {200, 200, 200, 200},
	"askForCertificate":          {201, 409, 409, 409}, // the officers have no hours
	"withdrawCertificateRequest": {204, 404, 404, 404},
	"drawCertificate":            {200, 404, 404, 404}, // it takes a coordinator
	"listCertificateRequests":    {404, 200, 200, 404}, // of the county
	"issueCertificates":          {404, 200, 200, 404}, // a viewer reads why she cannot
	"listCertificateIssuers":     {404, 200, 200, 404},
	"setCertificateIssuer":       {404, 403, 403, 404}, // it takes an administrator; the example has one
	"proveCertificate":           {200, 404, 404, 404}, // hers alone
	"checkCertificate":           {200, 200, 200, 200}, // and of nobody in particular
	"checkCertificates":          {200, 200, 200, 200},
	"listCertificates":           {404, 200, 200, 404},
	"revokeCertificate":          {404, 403, 403, 404}, // it takes a coordinator; the example has one
	"replaceCertificate":         {404, 403, 403, 404},
	"exportCertificates":         {404, 403, 403, 404},
}

// certificateAbroad is the same of the neighbour's, which other officers see.
var certificateAbroad = map[string][]int{"issueCertificates": {0, 200, 0, 200}, "revokeCertificate": {0, 403, 0, 403}, "replaceCertificate": {0, 403, 0, 403}}

// holding is somebody who holds a role over a region.
func holding(volunteerID, role, regionPath string) auth.Principal {
	return auth.Principal{VolunteerID: volunteerID, Grants: []auth.Grant{{Role: role, RegionPath: regionPath}}}
}

const (
	ours   = "4106/410611/"
	theirs = "4106/410621/"
)

// givenIssuers makes me and a neighbour in another county people with settled
// hours in the log, whose offices issue.
func (s *site) givenIssuers() {
	s.t.Helper()
	ctx := s.t.Context()
	s.must(s.db.InTx(ctx, func(q postgres.Querier) error {
		return s.app.LearnRegions(ctx, q, []teamsv1.RegionChanged{{Code: "410621", Name: "浚县", Path: theirs, Version: 1}})
	}))
	wait.Until(s.t, "the other county to be known", func() bool {
		s.must(s.app.CatchUp(ctx))
		_, _, err := s.app.ListIssuers(s.holding(theirs), "410621")
		return err == nil
	})
	for volunteer, path := range map[string]string{me: ours, neighbour: theirs} {
		code := path[5:11]
		_, err := s.app.SetIssuer(auth.With(ctx, holding(leader, "administrator", path)), domain.Issuer{
			RegionCode: code, Name: "妇女联合会", InCharge: "孙负责", Contact: "0392-3316117", ValidFrom: domain.DayOf(s.clock.Now()),
		})
		s.must(err)
		_, err = s.db.Owner(s.t).Exec(`INSERT INTO entries (id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification, minutes,
				started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at, settles_on)
			SELECT $1, $2, $3, $4, $5, '', 'service', 'service', 'A', 60, d, d + interval '1h', 'attendance', $1, '淇河岸边捡拾垃圾', $6, d, d, d
			FROM (SELECT timestamptz '2026-11-01 09:00+08' AS d) AS day`, id.New(), volunteer, team, programme, path, leader)
		s.must(err)
	}
	wait.Until(s.t, "the log to hold the lines", func() bool {
		s.clock.Leap(time.Minute) // a checkpoint a minute
		_, err := s.app.LogLines(ctx)
		s.must(err)
		var size int
		s.must(s.db.Owner(s.t).Get(&size, `SELECT COALESCE(max(size), 0) FROM log_checkpoints`))
		return size == 3
	})
}

// asked is a request that waits, of a volunteer who has no other.
func (s *site) asked(volunteerID string) string {
	s.withdrawAll(volunteerID)
	asked, err := s.app.AskForCertificate(s.as(volunteerID), domain.CertificateRequest{Note: "入职"})
	s.must(err)
	return asked
}

func (s *site) withdrawAll(volunteerID string) {
	mine, err := s.app.MyCertificates(s.as(volunteerID))
	s.must(err)
	for _, r := range mine.Waiting {
		s.must(s.app.WithdrawRequest(s.as(volunteerID), r.ID))
	}
}

// issued is a certificate that counts.
func (s *site) issued(volunteerID, path string) domain.Certificate {
	all, err := s.app.IssueCertificates(s.holding(path), []string{s.asked(volunteerID)})
	s.must(err)
	if all[0].Refused != "" {
		s.t.Fatalf("not issued: %s", all[0].Refused)
	}
	mine, err := s.app.MyCertificates(s.as(volunteerID))
	s.must(err)
	return mine.Certificates[0]
}

func (s *site) holding(path string) context.Context {
	return auth.With(s.t.Context(), holding(leader, "coordinator", path))
}

func (s *site) certificates() map[string]apitest.Operation {
	s.givenIssuers()
	volunteer, officer := auth.Principal{VolunteerID: me}, holding(leader, "coordinator", ours)
	mine, foreign := s.issued(me, ours), s.issued(neighbour, theirs)
	foreignRequest := s.asked(neighbour)
	region := url.Values{"region": {"410611"}}
	return map[string]apitest.Operation{
		"listMyCertificates": {Good: always(apitest.Request{As: volunteer})},
		"askForCertificate": {Good: func(testing.TB) apitest.Request {
			s.withdrawAll(me)
			return apitest.Request{As: volunteer, Body: map[string]any{"first_day": "2026-01-01", "last_day": "2026-12-31", "note": "入职", "whole_number": true}}
		}},
		"withdrawCertificateRequest": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: volunteer, Path: map[string]string{"request_id": s.asked(me)}}
			},
			Foreign: map[string]string{"request_id": foreignRequest},
		},
		"drawCertificate": {
			Good:    always(apitest.Request{As: volunteer, Path: map[string]string{"certificate_id": mine.ID}}),
			Also:    []func(testing.TB) apitest.Request{always(apitest.Request{As: officer, Path: map[string]string{"certificate_id": mine.ID}})},
			Foreign: map[string]string{"certificate_id": foreign.ID},
		},
		"listCertificateRequests": {Good: always(apitest.Request{As: officer, Query: region})},
		"issueCertificates": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: officer, Body: map[string]any{"request_ids": []string{s.asked(me)}}}
			},
			Foreign: map[string]string{"request_ids[0]": foreignRequest},
		},
		"proveCertificate": {
			Good:    always(apitest.Request{As: volunteer, Path: map[string]string{"certificate_id": mine.ID}}),
			Foreign: map[string]string{"certificate_id": foreign.ID},
		},
		"checkCertificate":  {Good: always(apitest.Request{Path: map[string]string{"code": mine.Code}})},
		"checkCertificates": {Good: always(apitest.Request{Body: map[string]any{"lines": []string{mine.Number() + " 李桂英", mine.Code}}})},
		"listCertificates": {
			Good: always(apitest.Request{As: officer, Query: region}),
			Also: []func(testing.TB) apitest.Request{always(apitest.Request{As: officer, Query: url.Values{"region": {"410611"}, "text": {"李桂英"}, "state": {"valid"}, "limit": {"5"}, "after": {mine.ID}}})},
		},
		"revokeCertificate": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: officer, Path: map[string]string{"certificate_id": s.issued(me, ours).ID}, Body: map[string]any{"reason": "查实不是本人"}}
			},
			Foreign: map[string]string{"certificate_id": foreign.ID},
		},
		"replaceCertificate": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: officer, Path: map[string]string{"certificate_id": s.issued(me, ours).ID}, Body: map[string]any{"reason": "更正姓名"}}
			},
			Foreign: map[string]string{"certificate_id": foreign.ID},
		},
		"exportCertificates":     {Good: always(apitest.Request{As: officer, Body: map[string]any{"region": "410611", "year": 2026, "purpose": "年检"}})},
		"listCertificateIssuers": {Good: always(apitest.Request{As: officer, Query: region})},
		"setCertificateIssuer": {Good: always(apitest.Request{As: holding(leader, "administrator", ours), Body: map[string]any{
			"region_code": "410611", "name": "鹤壁市淇滨区妇女联合会", "in_charge": "孙负责", "contact": "0392-3316117", "valid_from": "2026-12-01",
		}})},
	}
}

func always(r apitest.Request) func(testing.TB) apitest.Request {
	return func(testing.TB) apitest.Request { return r }
}
