package edge

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// Site is what the foot of a page says of who runs this Qihe. What is empty is not shown.
type Site struct {
	Operator string `env:"OPERATOR"` // who runs it: 鹤壁市妇女联合会
	Contact  string `env:"CONTACT"`  // how to reach them: a telephone number, an address
	ICP      string `env:"ICP"`      // ICP备案号: 豫ICP备2026000001号-1
	Police   string `env:"POLICE"`   // 公安备案号: 豫公网安备41060002000001号
}

// The forms of the two numbers, as their offices give them out.
var (
	icpNumber    = regexp.MustCompile(`^\p{Han}ICP[备证]\d{4,12}号(-\d{1,3})?$`)
	policeNumber = regexp.MustCompile(`^\p{Han}公网安备(\d{14})号$`)
)

const longestLine = 80 // characters of who runs it, and of how to reach them

// check returns what is wrong with all of it, for people.
func (s Site) check() error {
	var errs []error
	for name, text := range map[string]string{"OPERATOR": s.Operator, "CONTACT": s.Contact} {
		if utf8.RuneCountInString(text) > longestLine || strings.ContainsFunc(text, unicode.IsControl) {
			errs = append(errs, fmt.Errorf("%[1]s 要写成一行，最多 %[2]d 个字\n%[1]s is one line of %[2]d characters at most", name, longestLine))
		}
	}
	if s.ICP != "" && !icpNumber.MatchString(s.ICP) {
		errs = append(errs, fmt.Errorf("ICP 备案号要照备案系统给的写，例如 豫ICP备2026000001号-1：%[1]s\nThe ICP number is written as it was given, 豫ICP备2026000001号-1: %[1]s", s.ICP))
	}
	if s.Police != "" && !policeNumber.MatchString(s.Police) {
		errs = append(errs, fmt.Errorf("公安备案号要照备案系统给的写，例如 豫公网安备41060002000001号：%[1]s\nThe police number is written as it was given, 豫公网安备41060002000001号: %[1]s", s.Police))
	}
	return errors.Join(errs...)
}

// filing is a number with the page on which anybody can look it up.
type filing struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// filings are what must stand at the foot of the first page, each with its link:
// 非经营性互联网信息服务备案管理办法 (信息产业部令第33号) art. 13 for the ICP number; the
// 全国互联网安全管理服务平台, where the police give out theirs, says how it is linked.
func (s Site) filings() []filing {
	all := []filing{}
	if s.ICP != "" {
		all = append(all, filing{s.ICP, "https://beian.miit.gov.cn/"})
	}
	if number := policeNumber.FindStringSubmatch(s.Police); number != nil {
		all = append(all, filing{s.Police, "https://beian.mps.gov.cn/#/query/webSearch?code=" + number[1]})
	}
	return all
}

// serverClock lets an officer's page compare the server's clock with its own. A
// server without internet cannot know by itself that its clock is wrong.
type serverClock struct {
	Now          time.Time `json:"now"`
	Synchronised *bool     `json:"synchronised"` // a time server is followed; null where the system does not say
}

// site answers GET /api/portal/v1/site: the foot of the pages, and for officers
// what time it is here.
func (e *Edge) site(c echo.Context) error {
	in, err := e.identify(c)
	if err != nil {
		in = &call{} // teams is away: the foot stands there all the same
	}
	answer := struct {
		Operator string       `json:"operator"`
		Contact  string       `json:"contact"`
		Filings  []filing     `json:"filings"`
		Clock    *serverClock `json:"clock"`
	}{Operator: e.Site.Operator, Contact: e.Site.Contact, Filings: e.Site.filings()}
	if len(in.who.Grants) > 0 {
		answer.Clock = e.readClock()
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, answer)
}

// readClock is nil in a city whose time is not the computer's: a demo city on another day.
func (e *Edge) readClock() *serverClock {
	now := time.Now()
	if math.Abs(e.Clock.Now().Sub(now).Seconds()) > 1 {
		return nil
	}
	read := &serverClock{Now: now.UTC()}
	if synchronised, known := clock.Synchronised(); known {
		read.Synchronised = &synchronised
	}
	return read
}
