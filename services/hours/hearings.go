package hours

import (
	"github.com/qihe-volunteers/qihe/services/hours/internal/consumer"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
)

// Hearings returns what the service listens to, stream by stream and subject by subject:
// for whoever compares what was told with what arrived. Nothing can be handled with it.
func Hearings() []bus.Subscription {
	return []bus.Subscription{
		consumer.FromTasks(nil, nil).Subscription(tasksv1.Stream),
		consumer.FromTeams(nil, nil).Subscription(teamsv1.Stream),
		consumer.FromPairings(nil, nil).Subscription(pairingsv1.Stream),
	}
}
