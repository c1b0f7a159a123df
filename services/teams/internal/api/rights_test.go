package api_test

import (
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

// rights is the authorisation matrix: which status each of ten people gets for
// each operation's good request. An operation without a row fails. Each is
// also asked with every id of its request being somebody else's and being
// nobody's, and must then be told the same, unless abroad says otherwise.
var rights = map[string][]int{
	//                      nobody
	//                      |    volunteer of no team
	//                      |    |    member
	//                      |    |    |    its leader
	//                      |    |    |    |    leader elsewhere
	//                      |    |    |    |    |    viewer of the county
	//                      |    |    |    |    |    |    coordinator of the county
	//                      |    |    |    |    |    |    |    coordinator elsewhere
	//                      |    |    |    |    |    |    |    |    child-care officer of the county
	//                      |    |    |    |    |    |    |    |    |    administrator of the city
	"createSignInCode":     {202, 202, 202, 202, 202, 202, 202, 202, 202, 202},
	"createSession":        {201, 201, 201, 201, 201, 201, 201, 201, 201, 201},
	"deleteCurrentSession": {401, 204, 204, 204, 204, 204, 204, 204, 204, 204},
	"createTeamClaimLink":  {401, 404, 404, 201, 404, 404, 201, 404, 404, 201},
	"createClaimLink":      {401, 404, 404, 201, 404, 404, 201, 404, 404, 201},
	"openClaimLink":        {200, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"claimVolunteer":       {201, 201, 201, 201, 201, 201, 201, 201, 201, 201},
	"listSessions":         {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"deleteSessions":       {401, 204, 204, 204, 204, 204, 204, 204, 204, 204},
	"deleteSession":        {401, 404, 404, 404, 404, 404, 404, 404, 404, 404},
	"getSharedPhone":       {200, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"keepOnPhone":          {401, 404, 404, 404, 404, 404, 404, 404, 404, 404}, // by a session that is over
	"leavePhone":           {401, 404, 404, 404, 404, 404, 404, 404, 404, 404}, // are not on it
	"endSharing":           {401, 404, 404, 404, 404, 404, 404, 404, 404, 404},
	"switchPerson":         {201, 201, 201, 201, 201, 201, 201, 201, 201, 201},
	"listPhoneChanges":     {401, 404, 404, 200, 404, 404, 200, 404, 404, 200},
	"createPhoneChange":    {401, 404, 404, 201, 404, 404, 201, 404, 404, 201},
	"undoPhoneChange":      {401, 404, 404, 404, 404, 404, 204, 404, 404, 204}, // each once more
	"getSecurity":          {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"createPasskeyOptions": {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"createPasskey":        {401, 422, 422, 422, 422, 422, 422, 422, 422, 422}, // of another session's challenge
	"deletePasskey":        {401, 403, 403, 403, 403, 404, 404, 404, 404, 404},
	"createTotp":           {401, 201, 201, 201, 201, 201, 201, 201, 201, 201},
	"confirmTotp":          {401, 404, 404, 404, 404, 404, 404, 404, 404, 404}, // began none
	"deleteTotp":           {401, 403, 403, 403, 403, 204, 204, 204, 204, 204},
	"createRecoveryCodes":  {401, 403, 403, 403, 403, 201, 201, 201, 201, 201},
	"createStepUpOptions":  {401, 404, 404, 404, 404, 404, 404, 404, 404, 404}, // have none
	"stepUp":               {401, 422, 422, 422, 422, 422, 422, 422, 422, 422}, // of somebody else
	"resetSecondFactor":    {401, 404, 404, 404, 404, 404, 404, 404, 404, 204},
	"getMe":                {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"putBoardConsent":      {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"listMyConsents":       {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"putConsent":           {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"listNotices":          {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"countUnreadNotices":   {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"readNotices":          {401, 404, 404, 200, 404, 404, 404, 404, 404, 404},
	"getNoticePreferences": {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"putNoticePreferences": {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"listMyAccesses":       {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"exportMe":             {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"getMyErasure":         {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"createErasureCode":    {401, 202, 409, 202, 202, 202, 202, 202, 202, 202}, // the member has no phone
	"eraseMe":              {401, 422, 409, 422, 422, 422, 422, 422, 422, 422}, // the code is another's
	"eraseVolunteer":       {401, 404, 404, 404, 404, 404, 204, 404, 404, 204},
	"listAudit":            {401, 404, 404, 404, 404, 404, 404, 404, 404, 200},
	"listDeadLetters":      {401, 403, 403, 403, 403, 403, 403, 403, 403, 200},
	"redriveDeadLetters":   {401, 403, 403, 403, 403, 403, 403, 403, 403, 202},
	"listRegions":          {200, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"getRegion":            {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"searchRegions":        {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"createRegion":         {401, 404, 404, 404, 404, 404, 404, 404, 404, 201},
	"renameRegion":         {401, 404, 404, 404, 404, 404, 404, 404, 404, 200},
	"moveRegion":           {401, 404, 404, 404, 404, 404, 404, 404, 404, 200},
	"mergeRegion":          {401, 404, 404, 404, 404, 404, 404, 404, 404, 200},
	"listOffices":          {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"getOffice":            {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"createOffice":         {401, 404, 404, 404, 404, 404, 201, 404, 404, 201},
	"putOffice":            {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"closeOffice":          {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"reopenOffice":         {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"getTeamOffice":        {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"putTeamOffice":        {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"listReportingUnits":   {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"createReportingUnit":  {401, 403, 403, 403, 403, 403, 403, 403, 403, 201},
	"renameReportingUnit":  {401, 403, 403, 403, 403, 403, 403, 403, 403, 200},
	"retireReportingUnit":  {401, 403, 403, 403, 403, 403, 403, 403, 403, 200},
	"restoreReportingUnit": {401, 403, 403, 403, 403, 403, 403, 403, 403, 200},
	"listStaffGrants":      {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"createStaffGrant":     {401, 404, 404, 404, 404, 404, 404, 404, 404, 201},
	"withdrawStaffGrant":   {401, 404, 404, 404, 404, 404, 404, 404, 404, 200},
	"findGrantCandidate":   {401, 404, 404, 404, 404, 404, 404, 404, 404, 200},
	"listTeams":            {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"createTeam":           {401, 201, 201, 201, 201, 201, 201, 201, 201, 201},
	"getMyTeams":           {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"listImports":          {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"createImport":         {401, 403, 403, 403, 403, 403, 202, 202, 403, 202},
	"getImport":            {401, 404, 404, 200, 404, 404, 404, 404, 404, 404},
	"getMarkedRoster":      {401, 404, 404, 200, 404, 404, 404, 404, 404, 404},
	"applyImport":          {401, 404, 404, 202, 404, 404, 404, 404, 404, 404},
	"discardImport":        {401, 404, 404, 204, 404, 404, 404, 404, 404, 404},
	"getRosterTemplate":    {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"createExport":         {401, 404, 404, 200, 404, 404, 200, 404, 404, 200},
	"getTeam":              {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"putTeam":              {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"putTeamDescription":   {401, 404, 404, 200, 404, 404, 200, 404, 404, 200},
	"submitTeam":           {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"approveTeam":          {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"approveTeams":         {401, 403, 403, 403, 403, 403, 200, 404, 403, 200},
	"returnTeam":           {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"suspendTeam":          {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"resumeTeam":           {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"dissolveTeam":         {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"putTeamLeader":        {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"createHandover":       {401, 404, 404, 201, 404, 404, 404, 404, 404, 404},
	"deleteHandover":       {401, 404, 404, 200, 404, 404, 404, 404, 404, 404},
	"acceptHandover":       {401, 404, 404, 404, 404, 404, 404, 404, 404, 404}, // only whom it is offered to
	"declineHandover":      {401, 404, 404, 404, 404, 404, 404, 404, 404, 404},
	"listTeamHistory":      {401, 404, 404, 404, 404, 200, 200, 404, 200, 200},
	"listTeamCategories":   {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"putTeamCategory":      {401, 403, 403, 403, 403, 403, 403, 403, 403, 200},
	"searchMembers":        {401, 404, 404, 200, 404, 200, 200, 404, 200, 200},
	"listMembers":          {401, 404, 404, 200, 404, 200, 200, 404, 200, 200},

	"createApplication":  {401, 201, 201, 201, 201, 201, 201, 201, 201, 201}, // each in a team of its own
	"listApplications":   {401, 404, 404, 200, 404, 200, 200, 404, 200, 200},
	"createInvitation":   {401, 404, 404, 202, 404, 404, 404, 404, 404, 404},
	"listInvitations":    {401, 404, 404, 200, 404, 404, 404, 404, 404, 404},
	"deleteInvitation":   {401, 404, 404, 204, 404, 404, 404, 404, 404, 404},
	"listMyMemberships":  {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"approveMembership":  {401, 404, 404, 200, 404, 404, 200, 404, 404, 200},
	"declineMembership":  {401, 404, 404, 200, 404, 404, 200, 404, 404, 200},
	"withdrawMembership": {401, 404, 404, 404, 404, 404, 404, 404, 404, 404}, // one's own only
	"acceptMembership":   {401, 404, 404, 404, 404, 404, 404, 404, 404, 404},
	"leaveMembership":    {401, 404, 404, 404, 404, 404, 404, 404, 404, 404},
	"removeMembership":   {401, 404, 404, 200, 404, 404, 404, 404, 404, 404},
	"putMembershipRole":  {401, 404, 404, 200, 404, 404, 404, 404, 404, 404},
	"readMemberPhone":    {401, 404, 404, 200, 404, 404, 404, 404, 404, 404},

	"createRegistrationCode":  {202, 202, 202, 202, 202, 202, 202, 202, 202, 202},
	"createRegistration":      {201, 201, 201, 201, 201, 201, 201, 201, 201, 201},
	"getMyProfile":            {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"patchMyProfile":          {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"putMySkills":             {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"listSkills":              {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"putSkill":                {401, 404, 404, 404, 404, 404, 404, 404, 404, 200},
	"searchVolunteers":        {401, 404, 404, 404, 404, 200, 200, 200, 200, 200},
	"getVolunteer":            {401, 404, 404, 200, 404, 200, 200, 404, 200, 200},
	"readVolunteer":           {401, 404, 404, 200, 404, 404, 200, 404, 404, 200},
	"patchVolunteer":          {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"createGuardianConsent":   {401, 404, 404, 201, 404, 404, 201, 404, 201, 201},
	"withdrawGuardianConsent": {401, 404, 404, 200, 404, 404, 200, 404, 200, 200},
	"mergeVolunteers":         {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"listDoubles":             {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"signOutVolunteer":        {401, 404, 404, 404, 404, 404, 204, 404, 404, 204},
	"listVolunteerConsents":   {401, 404, 404, 200, 404, 404, 200, 404, 200, 200},
	"putVolunteerConsent":     {401, 404, 404, 200, 404, 404, 200, 404, 200, 200},
	"createTeamPerson":        {401, 404, 404, 201, 404, 404, 201, 404, 404, 201},
	"putMyCard":               {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"printMyCard":             {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"printCards":              {401, 404, 404, 200, 404, 404, 200, 404, 404, 200},
	"replaceCard":             {401, 404, 204, 204, 404, 404, 204, 404, 404, 204},
	"openCard":                {200, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"listJoinCodes":           {401, 404, 404, 200, 404, 404, 404, 404, 404, 404},
	"createJoinCode":          {401, 404, 404, 201, 404, 404, 404, 404, 404, 404},
	"deleteJoinCode":          {401, 404, 404, 204, 404, 404, 404, 404, 404, 404},
	"openJoinCode":            {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"useJoinCode":             {401, 200, 200, 200, 200, 200, 200, 200, 200, 200}, // each of a team of its own
	"createAppeal":            {401, 404, 404, 404, 404, 404, 404, 404, 404, 404}, // one's own only
	"listAppeals":             {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"decideAppeal":            {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},

	"listQualificationKinds": {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"putQualificationKind":   {401, 403, 403, 403, 403, 403, 403, 403, 403, 200},
	"getMyCredentials":       {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"createMyQualification":  {401, 201, 201, 201, 201, 201, 201, 201, 201, 201},
	"getCredentials":         {401, 404, 404, 200, 404, 200, 200, 404, 200, 200},
	"createQualification":    {401, 404, 404, 404, 404, 404, 201, 404, 404, 201},
	"listQualifications":     {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"decideQualifications":   {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"withdrawQualification":  {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"readQualification":      {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"createComplaint":        {401, 201, 201, 201, 201, 201, 201, 201, 201, 201},
	"listMyComplaints":       {401, 200, 200, 200, 200, 200, 200, 200, 200, 200},
	"listComplaints":         {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"decideComplaint":        {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"createTraining":         {401, 404, 404, 404, 404, 404, 201, 404, 404, 201},
	"withdrawTraining":       {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
	"createHonour":           {401, 404, 404, 404, 404, 404, 201, 404, 404, 201},
	"withdrawHonour":         {401, 404, 404, 404, 404, 404, 200, 404, 404, 200},
}

// abroad is the same for what Operation.Foreign names; 0 is a refusal that
// cannot be told from "there is no such thing".
var abroad = map[string][]int{
	"resetSecondFactor":   {0, 0, 0, 0, 0, 0, 0, 0, 0, 204},
	"printCards":          {0, 0, 0, 0, 0, 0, 422, 0, 0, 422}, // nobody of that team is chosen
	"replaceCard":         {0, 0, 0, 0, 0, 0, 204, 0, 0, 204},
	"createExport":        {0, 0, 0, 0, 0, 0, 200, 0, 0, 200},
	"withdrawStaffGrant":  {0, 0, 0, 0, 0, 0, 0, 0, 0, 200},
	"getTeam":             {0, 0, 0, 0, 0, 200, 200, 0, 200, 200},
	"searchMembers":       {0, 0, 0, 0, 0, 200, 200, 0, 200, 200},
	"listMembers":         {0, 0, 0, 0, 0, 200, 200, 0, 200, 200},
	"createTeamClaimLink": {0, 0, 0, 0, 0, 0, 201, 0, 0, 201},
	"createClaimLink":     {0, 0, 0, 0, 0, 0, 201, 0, 0, 201},

	"listApplications":  {0, 0, 0, 0, 0, 200, 200, 0, 200, 200},
	"approveMembership": {0, 0, 0, 0, 0, 0, 200, 0, 0, 200},
	"declineMembership": {0, 0, 0, 0, 0, 0, 200, 0, 0, 200},

	"getVolunteer":            {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"readVolunteer":           {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"patchVolunteer":          {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"createTeamPerson":        {0, 0, 0, 0, 0, 0, 201, 0, 0, 201},
	"mergeVolunteers":         {0, 0, 0, 0, 0, 0, 0, 0, 0, 200},
	"createGuardianConsent":   {0, 0, 0, 0, 0, 0, 0, 201, 0, 201},
	"withdrawGuardianConsent": {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"listDoubles":             {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"signOutVolunteer":        {0, 0, 0, 0, 0, 0, 0, 204, 0, 204},
	"listVolunteerConsents":   {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"putVolunteerConsent":     {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"listPhoneChanges":        {0, 0, 0, 0, 0, 0, 200, 0, 0, 200},
	"createPhoneChange":       {0, 0, 0, 0, 0, 0, 201, 0, 0, 201},
	"undoPhoneChange":         {0, 0, 0, 0, 0, 0, 0, 204, 0, 204},
	"eraseVolunteer":          {0, 0, 0, 0, 0, 0, 0, 0, 0, 204},
	"putOffice":               {0, 0, 0, 0, 0, 0, 0, 0, 0, 200},
	"closeOffice":             {0, 0, 0, 0, 0, 0, 0, 0, 0, 200},
	"reopenOffice":            {0, 0, 0, 0, 0, 0, 0, 0, 0, 200},
	"getTeamOffice":           {0, 0, 0, 0, 0, 200, 200, 0, 200, 200},
	"putTeamOffice":           {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"decideAppeal":            {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"createTraining":          {0, 0, 0, 0, 0, 0, 0, 201, 0, 201},
	"withdrawTraining":        {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"createHonour":            {0, 0, 0, 0, 0, 0, 0, 201, 0, 201},
	"withdrawHonour":          {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"createComplaint":         {0, 0, 0, 0, 0, 201, 201, 0, 201, 201}, // a draft, seen by the county's officers
	"decideComplaint":         {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"getCredentials":          {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"createQualification":     {0, 0, 0, 0, 0, 0, 0, 201, 0, 201},
	"decideQualifications":    {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"withdrawQualification":   {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
	"readQualification":       {0, 0, 0, 0, 0, 0, 0, 200, 0, 200},
}

// everybody returns the ten people of the matrix, in its order.
func everybody(t *testing.T, s *cast) []apitest.Person {
	t.Helper()
	officer := func(role, code, path string) auth.Principal {
		v := s.Volunteer(t)
		s.Grant(t, v, func(g *domain.Grant) { g.Role, g.RegionCode = role, code })
		return as(v, auth.Grant{Role: role, RegionPath: path})
	}
	elsewhere := s.Volunteer(t)
	s.Member(t, s.Team(t, func(team *domain.Team) { team.RegionCode = "410611" }), elsewhere, domain.RoleLeader)
	const county, other = "4106/410621/", "4106/410611/"
	return []apitest.Person{
		{Name: "nobody"},
		{Name: "a volunteer of no team", As: as(s.Volunteer(t))},
		{Name: "a member", As: as(s.member)},
		{Name: "the leader", As: as(s.leader)},
		{Name: "a leader elsewhere", As: as(elsewhere)},
		{Name: "a viewer of the county", As: officer("viewer", "410621", county)},
		{Name: "a coordinator of the county", As: officer("coordinator", "410621", county)},
		{Name: "a coordinator elsewhere", As: officer("coordinator", "410611", other)},
		{Name: "a child-care officer of the county", As: officer("child_care", "410621", county)},
		{Name: "an administrator of the city", As: officer("administrator", "4106", "4106/")},
	}
}
