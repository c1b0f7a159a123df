import type { zh } from '../zh/unsent'

export const en: Record<keyof typeof zh, string> = {
  'unsent.waiting': 'Check-ins waiting to be sent: {n}',
  'unsent.how': 'They are kept in this phone, also when the page is closed. Open this page with a network within three days and they are sent by themselves.',
  'unsent.others': 'Check-ins of somebody else are waiting in this phone: {n}. They must sign in to send them.',
  'unsent.in': 'checked in',
  'unsent.out': 'checked out',
  'unsent.tap_in': 'tapped in',
  'unsent.tap_out': 'tapped out',
  'unsent.refused': 'This check-in was not accepted; please ask the leader.',
  'unsent.doubt': 'Sent. The leader has to look at it; it counts once she has confirmed it.',
  'unsent.read': 'I see',

  'scan.point': "Point at the code on the leader's phone",
  'scan.photo': 'Take a picture',
  'scan.photo_how': 'The camera does not open? Take a picture of the code here.',
  'scan.unread': 'It could not be read. Go closer, take the whole code, and try again.',
  'scan.foreign': 'This is no check-in code.',
  'scan.other_shift': "This is another shift's code; please scan this one's.",
  'scan.close': 'Stop scanning',

  'doubt.head': 'Check-ins for you to look at: {n}',
  'doubt.text': 'They were kept by a phone without network and sent later, and do not count by themselves. What is true can be entered by you.',
  'doubt.in': 'in at {time}',
  'doubt.out': 'out at {time}',
  'doubt.late': 'sent after more than three days',
  'doubt.clock': "the phone's clock does not fit",
  'doubt.new_device': 'the phone was registered afterwards',
  'doubt.conflict': 'another time is known',
  'doubt.not_signed_up': 'not signed up',
  'doubt.no_check_in': 'checked out without checking in',
  'doubt.decided': 'confirmed before it came',
}
