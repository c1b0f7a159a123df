package teams

import (
	"github.com/qihe-volunteers/qihe/services/teams/internal/consumer"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
)

// Hearings returns what the service listens to, stream by stream and subject by subject:
// for whoever compares what was told with what arrived. Nothing can be handled with it.
func Hearings() []bus.Subscription {
	return []bus.Subscription{
		consumer.FromTasks(nil, nil).Subscription(tasksv1.Stream),
		consumer.FromHours(nil, nil).Subscription(hoursv1.Stream),
		consumer.FromPairings(nil, nil).Subscription(pairingsv1.Stream),
	}
}
