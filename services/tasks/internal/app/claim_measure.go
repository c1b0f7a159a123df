package app

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	claimsCame = promauto.NewCounterVec(prometheus.CounterOpts{
		Name: "qihe_claims_total",
		Help: "Check-ins and check-outs as they came (now, or kept: by a phone without network) and by what became of them: " +
			"taken, doubted (waits for the leader), refused or failed. One that is sent again counts again.",
	}, []string{"came", "outcome"})
	claimsKept = promauto.NewHistogram(prometheus.HistogramOpts{
		Name:    "qihe_claims_kept_seconds",
		Help:    "How long phones kept claims before they could send them, by their own clocks.",
		Buckets: []float64{10, 60, 300, 1800, 3600, 4 * 3600, 12 * 3600, 24 * 3600, 3 * 24 * 3600, 7 * 24 * 3600},
	})
)

func init() {
	for _, came := range []string{"now", "kept"} {
		for _, outcome := range []string{"taken", "doubted", "refused", "failed"} {
			claimsCame.WithLabelValues(came, outcome) // a rate needs a zero to begin at
		}
	}
}

// measure counts a claim. Whatever a phone still keeps, nobody here can know.
func measureClaim(c domain.Claim, result ClaimResult, err error) {
	came, outcome := "now", "taken"
	if c.Signed != nil {
		came = "kept"
	}
	switch {
	case err == nil && result.Doubt != domain.DoubtNone:
		outcome = "doubted"
	case err == nil:
	case apperr.KindOf(err) == "" || apperr.KindOf(err) == apperr.Unavailable:
		outcome = "failed"
	default:
		outcome = "refused"
	}
	claimsCame.WithLabelValues(came, outcome).Inc()
	if err == nil && c.Signed != nil {
		claimsKept.Observe(max(0, c.Signed.SentAt.Sub(c.Signed.ObservedAt).Seconds()))
	}
}
