import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router'
import { keepJoinCode } from './lib/joinCode'
import { lacksFactor } from './lib/factor'
import { findMe, isOfficer, session } from './lib/session'
import { entrance } from './lib/sharedPhone'
import { keep, kept } from './lib/storage'
import { keepTicket } from './lib/ticket'
import type { Key } from './text'
import CheckIn from './pages/CheckIn.vue'
import Find from './pages/Find.vue'
import Mine from './pages/Mine.vue'
import NotFound from './pages/NotFound.vue'
import SignIn from './pages/SignIn.vue'
import TaskPage from './pages/TaskPage.vue'
import Today from './pages/Today.vue'
import Unreachable from './pages/Unreachable.vue'

declare module 'vue-router' {
  interface RouteMeta {
    open?: boolean // needs no sign-in
    tabs?: boolean // shows the tab bar
    roomy?: boolean // two columns where there is room
    wide?: boolean // desktop pages
    title?: Key // what the window is called
  }
}

// A volunteer's pages come with the app; the leader's and the federation's are
// fetched when they are opened.
const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: Today }, // never shown: the guard below sends on to home()
  { path: '/sign-in', name: 'sign-in', component: SignIn, meta: { open: true, title: 'sign_in.submit' } },
  { path: '/switch', name: 'switch', component: () => import('./pages/Switch.vue'), meta: { open: true, title: 'do.switch' } },
  { path: '/second-factor', name: 'enrol', component: () => import('./pages/console/EnrolFactor.vue'), meta: { title: 'factor.title' } },
  { path: '/claim/:secret', name: 'claim', component: () => import('./pages/Claim.vue'), meta: { open: true, title: 'claim.title' } },
  { path: '/register', name: 'register', component: () => import('./pages/Register.vue'), meta: { open: true, title: 'sign_in.register' } },
  { path: '/unreachable', name: 'unreachable', component: Unreachable, meta: { open: true } },
  { path: '/today', name: 'today', component: Today, meta: { tabs: true, roomy: true, title: 'tab.today' } },
  { path: '/find', name: 'find', component: Find, meta: { tabs: true, roomy: true, title: 'tab.find' } },
  { path: '/mine', name: 'mine', component: Mine, meta: { tabs: true, roomy: true, title: 'tab.mine' } },
  { path: '/mine/notices', name: 'notices', component: () => import('./pages/mine/Notices.vue'), meta: { title: 'mine.link_notices' } },
  { path: '/corrections', name: 'corrections', component: () => import('./pages/corrections/CorrectionList.vue'), meta: { title: 'corr.list' } },
  { path: '/corrections/:id', name: 'correction', component: () => import('./pages/corrections/CorrectionPage.vue'), meta: { title: 'corr.head' } },
  { path: '/hours/:id/ask', name: 'ask-correction', component: () => import('./pages/corrections/AskCorrection.vue'), meta: { title: 'corr.ask' } },
  { path: '/hours/:id/proof', name: 'line-proof', component: () => import('./pages/LineProof.vue'), meta: { title: 'line.head' } },
  { path: '/ledger', name: 'public-log', component: () => import('./pages/PublicLog.vue'), meta: { open: true, title: 'log.head' } },
  { path: '/mine/questions', name: 'questions', component: () => import('./pages/mine/Questions.vue'), meta: { title: 'questions.head' } },
  { path: '/mine/profile', name: 'profile', component: () => import('./pages/mine/Profile.vue'), meta: { title: 'mine.link_profile' } },
  { path: '/mine/security', name: 'security', component: () => import('./pages/mine/Security.vue'), meta: { title: 'mine.link_security' } },
  { path: '/mine/shared-phone', name: 'shared-phone', component: () => import('./pages/mine/SharedPhone.vue'), meta: { title: 'shared.title' } },
  { path: '/mine/privacy', name: 'privacy', component: () => import('./pages/mine/Privacy.vue'), meta: { title: 'mine.link_privacy' } },
  { path: '/mine/calendar', name: 'my-calendar', component: () => import('./pages/mine/Calendar.vue'), meta: { title: 'mine.calendar' } },
  { path: '/mine/card', name: 'my-card', component: () => import('./pages/mine/MyCard.vue'), meta: { title: 'mine.link_card' } },
  { path: '/mine/complaints', name: 'my-complaints', component: () => import('./pages/mine/Complaints.vue'), meta: { title: 'mine.link_complaints' } },
  { path: '/mine/certificates', name: 'my-certificates', component: () => import('./pages/mine/ServiceCertificates.vue'), meta: { title: 'mine.link_certificates' } },
  { path: '/mine/credentials', name: 'credentials', component: () => import('./pages/mine/Credentials.vue'), meta: { roomy: true, title: 'mine.link_credentials' } },
  { path: '/need-help', name: 'need-help', component: () => import('./pages/NeedHelp.vue'), meta: { title: 'need.head' } },
  { path: '/companion', name: 'companion', component: () => import('./pages/Companion.vue'), meta: { title: 'mine.link_companion' } },
  { path: '/contacts', name: 'my-contacts', component: () => import('./pages/Contacts.vue'), meta: { title: 'mine.link_contacts' } },
  { path: '/pairings', name: 'my-pairings', component: () => import('./pages/Pairings.vue'), meta: { title: 'mine.link_pairings' } },
  { path: '/pairings/:id', name: 'my-pairing', component: () => import('./pages/Pairing.vue'), meta: { title: 'mine.link_pairings' } },
  { path: '/wishes', name: 'wishes', component: () => import('./pages/Wishes.vue'), meta: { open: true, title: 'mine.link_wishes' } },
  { path: '/bag/:code', name: 'bag', component: () => import('./pages/Bag.vue'), meta: { title: 'mine.bag' } },
  { path: '/aid', name: 'my-aid', component: () => import('./pages/Aid.vue'), meta: { title: 'mine.link_aid' } },
  { path: '/mine/teams', name: 'my-teams', component: () => import('./pages/mine/MyTeams.vue'), meta: { title: 'mine.link_teams' } },
  { path: '/teams/new', name: 'found-team', component: () => import('./pages/team/FoundTeam.vue'), meta: { title: 'mine.link_teams' } },
  { path: '/teams/:id', name: 'team', component: () => import('./pages/team/TeamPage.vue'), meta: { title: 'mine.team' } },
  { path: '/teams/:id/edit', name: 'edit-team', component: () => import('./pages/team/FoundTeam.vue'), meta: { title: 'mine.team' } },
  { path: '/teams/:id/people', name: 'people', component: () => import('./pages/leader/People.vue'), meta: { roomy: true, title: 'led.people' } },
  { path: '/teams/:id/hours', name: 'team-hours', component: () => import('./pages/leader/TeamHours.vue'), meta: { title: 'mine.team' } },
  { path: '/b/:id', name: 'album', component: () => import('./pages/team/Album.vue'), meta: { open: true, title: 'album.head' } },
  { path: '/b/:id/publicity', name: 'public-list', component: () => import('./pages/team/PublicList.vue'), meta: { open: true, title: 'pub.head' } },
  { path: '/teams/:id/history', name: 'history', component: () => import('./pages/leader/History.vue'), meta: { roomy: true, title: 'kind.import' } },
  { path: '/teams/:id/cards', name: 'cards', component: () => import('./pages/leader/Cards.vue'), meta: { title: 'mine.link_card' } },
  { path: '/k/:token', name: 'card', component: () => import('./pages/CardPage.vue'), meta: { open: true, title: 'mine.link_card' } },
  { path: '/certificates/:number?', name: 'certificate', component: () => import('./pages/CertificatePage.vue'), meta: { open: true, title: 'cert.head' } },
  { path: '/v/:code?', name: 'check-certificate', component: () => import('./pages/ServiceCheck.vue'), meta: { open: true, title: 'scert.check_head' } },
  { path: '/consent', name: 'consent', component: () => import('./pages/Consent.vue'), meta: { open: true } },
  { path: '/wall', name: 'wall', component: () => import('./pages/Wall.vue'), meta: { open: true, wide: true, title: 'wall.head' } },
  { path: '/j/:code?', name: 'join', component: () => import('./pages/Join.vue'), meta: { title: 'join.title' } },
  { path: '/swap/:secret?', name: 'swap', component: () => import('./pages/Swap.vue'), meta: { title: 'task.swap' } },
  { path: '/tasks/new', name: 'new-task', component: () => import('./pages/leader/NewTask.vue'), meta: { title: 'led.new' } },
  { path: '/tasks/led', name: 'led-tasks', component: () => import('./pages/leader/LedTasks.vue'), meta: { title: 'led.again' } },
  { path: '/tasks/:id/edit', name: 'edit-task', component: () => import('./pages/leader/EditTask.vue'), meta: { title: 'led.new' } },
  { path: '/tasks/:id', name: 'task', component: TaskPage, meta: { title: 'task.head' } },
  { path: '/check-in/:shift', name: 'check-in', component: CheckIn, meta: { title: 'check.head' } },
  { path: '/shifts/:id/on-site', name: 'on-site', component: () => import('./pages/leader/OnSite.vue'), meta: { roomy: true, title: 'led.on_site' } },
  { path: '/shifts/:id/call', name: 'call', component: () => import('./pages/leader/CallPage.vue'), meta: { title: 'led.call' } },
  { path: '/shifts/:id/invite', name: 'invite', component: () => import('./pages/leader/Invite.vue'), meta: { title: 'led.invite' } },
  { path: '/shifts/:id/paste', name: 'paste', component: () => import('./pages/leader/Paste.vue'), meta: { title: 'led.paste' } },
  { path: '/shifts/:id/paper', name: 'paper', component: () => import('./pages/leader/Paper.vue'), meta: { title: 'led.paper' } },
  { path: '/shifts/:id/confirm', name: 'confirm', component: () => import('./pages/leader/Confirm.vue'), meta: { title: 'confirm.head' } },
  { path: '/shifts/:id/album', name: 'shift-album', component: () => import('./pages/leader/Record.vue'), meta: { title: 'album.record' } },
  { path: '/shifts/:id/record', name: 'record', component: () => import('./pages/Record.vue'), meta: { title: 'task.record' } },
  { path: '/shifts/:id/declare', name: 'declare', component: () => import('./pages/Declare.vue'), meta: { title: 'declare.head' } },
  {
    path: '/console',
    component: () => import('./pages/console/ConsoleFrame.vue'),
    meta: { wide: true },
    children: [
      { path: '', redirect: '/console/overview' },
      { path: 'overview', name: 'overview', component: () => import('./pages/console/Overview.vue'), meta: { title: 'console.overview' } },
      { path: 'overview/teams/:id', name: 'team-lines', component: () => import('./pages/console/TeamLines.vue'), meta: { title: 'console.overview' } },
      { path: 'teams', name: 'teams', component: () => import('./pages/console/Teams.vue'), meta: { title: 'console.teams' } },
      { path: 'teams/waiting', name: 'teams-waiting', component: () => import('./pages/console/TeamsWaiting.vue'), meta: { title: 'console.teams' } },
      { path: 'teams/categories', name: 'team-categories', component: () => import('./pages/console/TeamCategories.vue'), meta: { title: 'console.teams' } },
      { path: 'teams/:id', name: 'console-team', component: () => import('./pages/console/TeamDetail.vue'), meta: { title: 'console.teams' } },
      { path: 'boards', name: 'boards', component: () => import('./pages/console/Boards.vue'), meta: { title: 'console.boards' } },
      { path: 'boards/per-member', name: 'per-member', component: () => import('./pages/console/PerMember.vue'), meta: { title: 'console.boards' } },
      { path: 'screens', name: 'screens', component: () => import('./pages/console/Screens.vue'), meta: { title: 'wall.head' } },
      { path: 'publicity', name: 'publicity', component: () => import('./pages/console/Publicity.vue'), meta: { title: 'console.publicity' } },
      { path: 'national', name: 'national', component: () => import('./pages/console/National.vue'), meta: { title: 'console.national' } },
      { path: 'reports', name: 'reports', component: () => import('./pages/console/Reports.vue'), meta: { title: 'console.reports' } },
      { path: 'reports/:id/form', name: 'report-form', component: () => import('./pages/console/ReportForm.vue'), meta: { title: 'console.reports' } },
      { path: 'reports/:id/:period', name: 'report', component: () => import('./pages/console/Report.vue'), meta: { title: 'console.reports' } },
      { path: 'overlaps', name: 'overlaps', component: () => import('./pages/console/Overlaps.vue'), meta: { title: 'console.overlaps' } },
      { path: 'verify', name: 'verify', component: () => import('./pages/console/Verify.vue'), meta: { title: 'verify.head' } },
      { path: 'corrections', name: 'corrections-due', component: () => import('./pages/console/Corrections.vue'), meta: { title: 'console.corrections' } },
      { path: 'confirmations', name: 'confirmations', component: () => import('./pages/console/Confirmations.vue'), meta: { title: 'waiting.head' } },
      { path: 'volunteers', name: 'volunteers', component: () => import('./pages/console/Volunteers.vue'), meta: { title: 'console.volunteers' } },
      { path: 'volunteers/:id/merge', name: 'merge', component: () => import('./pages/console/Merge.vue'), meta: { title: 'record.merge' } },
      { path: 'volunteers/:id', name: 'volunteer', component: () => import('./pages/console/Volunteer.vue'), meta: { title: 'console.volunteers' } },
      { path: 'import', name: 'import', component: () => import('./pages/console/Import.vue'), meta: { title: 'console.import' } },
      { path: 'training', name: 'classes', component: () => import('./pages/console/Classes.vue'), meta: { title: 'console.training' } },
      { path: 'programmes', name: 'programmes', component: () => import('./pages/console/Programmes.vue'), meta: { title: 'console.programmes' } },
      { path: 'ledger', name: 'shift-export', component: () => import('./pages/console/ShiftExports.vue'), meta: { title: 'console.ledger' } },
      { path: 'pauses', name: 'pauses', component: () => import('./pages/console/Pauses.vue'), meta: { title: 'console.pauses' } },
      { path: 'history', name: 'histories', component: () => import('./pages/console/Histories.vue'), meta: { title: 'kind.import' } },
      { path: 'history/:id', name: 'history-review', component: () => import('./pages/console/HistoryReview.vue'), meta: { title: 'kind.import' } },
      { path: 'certificates', name: 'certificates', component: () => import('./pages/console/ServiceCertificates.vue'), meta: { title: 'console.certificates' } },
      { path: 'children', name: 'children', component: () => import('./pages/console/Children.vue'), meta: { title: 'console.children' } },
      { path: 'companions', name: 'companions', component: () => import('./pages/console/Companions.vue'), meta: { title: 'console.companions' } },
      { path: 'matching', name: 'matching', component: () => import('./pages/console/Matching.vue'), meta: { title: 'console.matching' } },
      { path: 'concerns', name: 'concerns', component: () => import('./pages/console/Concerns.vue'), meta: { title: 'console.concerns' } },
      { path: 'contacts', name: 'contacts', component: () => import('./pages/console/Contacts.vue'), meta: { title: 'console.contacts' } },
      { path: 'pairings', name: 'pairings', component: () => import('./pages/console/Pairings.vue'), meta: { title: 'console.pairings' } },
      { path: 'pairings/:id', name: 'pairing', component: () => import('./pages/console/Pairing.vue'), meta: { title: 'console.pairings' } },
      { path: 'aid', name: 'aid', component: () => import('./pages/console/Aid.vue'), meta: { title: 'console.aid' } },
      { path: 'goods', name: 'goods', component: () => import('./pages/console/Goods.vue'), meta: { title: 'console.goods' } },
      { path: 'wishes', name: 'console-wishes', component: () => import('./pages/console/Wishes.vue'), meta: { title: 'console.wishes' } },
      { path: 'aid/:id', name: 'family', component: () => import('./pages/console/Family.vue'), meta: { title: 'console.aid' } },
      { path: 'purposes', name: 'purposes', component: () => import('./pages/console/Purposes.vue'), meta: { title: 'console.purposes' } },
      { path: 'purposes/months', name: 'opening-month', component: () => import('./pages/console/OpeningMonth.vue'), meta: { title: 'console.purposes' } },
      { path: 'children/lists', name: 'child-exports', component: () => import('./pages/console/ChildExports.vue'), meta: { title: 'console.children' } },
      { path: 'children/:id', name: 'child', component: () => import('./pages/console/Child.vue'), meta: { title: 'console.children' } },
      { path: 'audit', name: 'audit', component: () => import('./pages/console/Audit.vue'), meta: { title: 'console.audit' } },
      { path: 'settings', name: 'settings', component: () => import('./pages/console/settings/Settings.vue'), meta: { title: 'console.settings' } },
      { path: 'settings/stars', name: 'stars', component: () => import('./pages/console/settings/StarRules.vue'), meta: { title: 'console.settings' } },
      { path: 'settings/day-caps', name: 'day-caps', component: () => import('./pages/console/settings/DayCaps.vue'), meta: { title: 'console.settings' } },
      { path: 'settings/contact-plans', name: 'contact-plans', component: () => import('./pages/console/settings/ContactPlans.vue'), meta: { title: 'console.settings' } },
      { path: 'settings/witnesses', name: 'witnesses', component: () => import('./pages/console/settings/Witnesses.vue'), meta: { title: 'console.settings' } },
      { path: 'settings/dead-letters', name: 'dead-letters', component: () => import('./pages/console/settings/DeadLetters.vue'), meta: { title: 'settings.dead-letters' } },
      { path: 'settings/holidays', name: 'holidays', component: () => import('./pages/console/settings/Holidays.vue'), meta: { title: 'console.settings' } },
      { path: 'settings/regions', name: 'regions', component: () => import('./pages/console/settings/Regions.vue'), meta: { title: 'settings.regions' } },
      { path: 'settings/units', name: 'units', component: () => import('./pages/console/settings/Units.vue'), meta: { title: 'settings.units' } },
      { path: 'settings/offices', name: 'offices', component: () => import('./pages/console/settings/Offices.vue'), meta: { title: 'settings.offices' } },
      { path: 'settings/offices/:id', name: 'office', component: () => import('./pages/console/settings/OfficePage.vue'), meta: { title: 'settings.offices' } },
      { path: 'settings/grants', name: 'grants', component: () => import('./pages/console/settings/Grants.vue'), meta: { title: 'settings.grants' } },
      { path: 'complaints', name: 'complaints', component: () => import('./pages/console/Complaints.vue'), meta: { title: 'console.complaints' } },
      { path: 'qualifications', name: 'qualifications', component: () => import('./pages/console/Qualifications.vue'), meta: { title: 'console.qualifications' } },
      { path: 'settings/qualifications', name: 'kinds', component: () => import('./pages/console/settings/QualificationKinds.vue'), meta: { title: 'console.settings' } },
      { path: 'appeals', name: 'appeals', component: () => import('./pages/console/Appeals.vue'), meta: { title: 'console.appeals_title' } },
    ],
  },
  { path: '/:rest(.*)*', name: 'not-found', component: NotFound, meta: { open: true } },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

// home is where somebody starts: an officer where they were last, and at first
// on the desktop pages when at a desk or in no brigade; everybody else on 今天.
function home(): string {
  if (!isOfficer()) return '/today'
  const member = (session.me?.memberships.length ?? 0) > 0
  const last = kept('local', 'area') ?? (window.innerWidth >= 900 ? 'console' : 'phone')
  return !member || last === 'console' ? '/console' : '/today'
}

// The ticket of a scanned code must outlive a sign-in and must not stay in the
// address bar, where it could be shared.
router.beforeEach((to, from) => {
  if (to.name !== 'check-in' || !to.hash.startsWith('#t=')) return true
  keepTicket(String(to.params.shift), decodeURIComponent(to.hash.slice(3)))
  if (to.path === from.path) return true // the page is open already and takes the fragment off itself
  return { path: to.path, query: to.query, hash: '', replace: true }
})

// The same for a join code.
router.beforeEach((to) => {
  if (to.name !== 'join' || !to.params.code) return true
  keepJoinCode(String(to.params.code))
  return { path: '/j', replace: true }
})

// And for a guardian's link, whose key is in the fragment: no server sees it.
router.beforeEach((to) => {
  if (to.name !== 'consent' || to.hash.length < 2) return true
  keep('session', 'consent', to.hash.slice(1))
  return { path: '/consent', replace: true }
})

// And for a link for changing places.
router.beforeEach((to) => {
  if (to.name !== 'swap' || !to.params.secret) return true
  keep('session', 'swap', String(to.params.secret))
  return { path: '/swap', replace: true }
})

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  try {
    const me = await findMe()
    if (!me) return { name: entrance(), query: nextOf(to), replace: true }
  } catch {
    return { name: 'unreachable', query: nextOf(to), replace: true }
  }
  if (to.name === 'home') return { path: home(), replace: true }
  if (to.meta.wide && !isOfficer()) return '/today'
  if (to.meta.wide && (await lacksFactor())) return { name: 'enrol', query: nextOf(to), replace: true }
  return true
})

router.afterEach((to) => {
  if (to.meta.wide && !to.meta.open) keep('local', 'area', 'console')
  else if (to.meta.tabs) keep('local', 'area', 'phone')
})

// A piece of the app that was replaced by a new release, or was lost on the
// way: the address is loaded anew, once.
router.onError((_reason, to) => {
  if (kept('session', 'reloaded') === to.fullPath) {
    void router.replace({ name: 'unreachable', query: nextOf(to) })
    return
  }
  keep('session', 'reloaded', to.fullPath)
  window.location.assign(to.fullPath)
})

function nextOf(to: RouteLocationNormalized): Record<string, string> {
  return to.fullPath === '/' ? {} : { next: to.fullPath }
}

// onward is the address to go to after a detour: only ever one of our own.
export function onward(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}
