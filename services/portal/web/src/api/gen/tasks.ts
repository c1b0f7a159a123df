// Generated from services/tasks/openapi.yaml by "npm run generate". Do not edit.

export interface paths {
    "/programmes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The city-wide lines of work */
        get: operations["listProgrammes"];
        put?: never;
        /**
         * Add a line of work
         * @description For administrators of the city.
         */
        post: operations["addProgramme"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/programmes/{programme_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Rename a line of work, retire it or bring it back
         * @description For administrators of the city. One that is retired takes no new activities; what was done under it stays.
         */
        put: operations["changeProgramme"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/programmes/{programme_id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All that was ever set for a programme
         * @description For officers. What was in force on a day is the first whose valid_from is not after it.
         */
        get: operations["listProgrammeSettings"];
        put?: never;
        /**
         * Set what holds for a programme from a day on
         * @description For administrators of the city. Nothing that was set before is changed; a second setting for the same day replaces the first.
         */
        post: operations["setProgramme"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Campaigns that I can take up, and those of my regions */
        get: operations["listCampaigns"];
        put?: never;
        /**
         * Offer brigades a template for a season
         * @description For coordinators and administrators of the region. Leaders take it up or not.
         */
        post: operations["createCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaign_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a campaign off the leaders' pages */
        post: operations["endCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Draft an activity with its shifts
         * @description For the leader and deputies of the team.
         */
        post: operations["createTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One activity with its shifts */
        get: operations["getTask"];
        /**
         * Rewrite an activity
         * @description A draft becomes what is given, shifts included. Of a published one shifts that are not named stay; everybody who signed up is told of a new time or place and of whatever they must know.
         */
        put: operations["changeTask"];
        post?: never;
        /** Throw a draft away */
        delete: operations["discardDraft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask another brigade to hold an activity with mine
         * @description For the leader and deputies of the team that posted it. The other's leaders are told, once.
         */
        post: operations["askTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/teams/{team_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Join, decline or leave; or take the invitation back
         * @description joined and declined are for whoever leads the brigade that was asked, withdrawn for whoever leads the one that posted it. The other side is told.
         */
        put: operations["answerJoint"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/my-team": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say for which of the brigades that hold it I come
         * @description For whoever is in several of them. What is confirmed from now on counts for that one.
         */
        put: operations["chooseTeam"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call an activity off
         * @description Every shift still to come is cancelled and everybody signed up is told. Where people have checked in the shift goes on and is confirmed.
         */
        post: operations["cancelTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call one shift off
         * @description Refused where people have checked in. Everybody signed up is told.
         */
        post: operations["cancelShift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/phones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whom the leader calls, with whole phone numbers
         * @description For the leader and deputies, up to a day after the shift. Teams records each reading.
         */
        post: operations["listCallees"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pauses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is and was held back in my regions */
        get: operations["listPauses"];
        put?: never;
        /**
         * Hold back every shift of a region and a period
         * @description For coordinators and administrators of the region. Everybody signed up and everybody who leads is told.
         */
        post: operations["createPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pauses/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a pause would hold back */
        get: operations["previewPause"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pauses/{pause_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let go what is held back
         * @description An undo within ten minutes, a resumption later. Shifts that have passed do not come back, nor do those that another pause is about. Everybody concerned is told.
         */
        post: operations["endPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/led-tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Drafts and the newest activities of the teams I lead
         * @description To go on with, to change, or to post again.
         */
        get: operations["listLedTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open an activity for signing up
         * @description Refused with every missing field named, unless risks, contact, place, time and capacity are given (条例 art. 12) and a risky one has an insurance note (art. 17).
         */
        post: operations["publishTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shifts that can be joined, soonest first */
        get: operations["listShifts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/sign-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign up for a shift */
        post: operations["createSignUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/pasted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a pasted 接龙
         * @description For the leader and deputies. Nothing is written; each line is matched to the team's members, and what is not certain is to be asked.
         */
        post: operations["readPasted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/entered-sign-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write down who said in the group that they come
         * @description For the leader and deputies, for members of the team, who are told. The same list again changes nothing.
         */
        post: operations["enterSignUps"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The members whom I may invite, and what those said whom I did
         * @description For whoever leads a brigade that holds the activity.
         */
        get: operations["listInvitees"];
        put?: never;
        /**
         * Invite members to a shift
         * @description Each is told once, and signs up or declines (条例 art. 25). Who is signed up, was invited, or cannot take part is passed over.
         */
        post: operations["inviteToShift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/invitations/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that I do not come, without a reason */
        post: operations["declineInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-ups/{sign_up_id}/coming": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that I come */
        post: operations["sayComing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-ups/{sign_up_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that I cannot come, wait no longer, or do not want the seat that is offered */
        post: operations["withdrawSignUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-ups/{sign_up_id}/swap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link by which somebody else takes my seat
         * @description Good until the shift begins, a day at most. The link before is worthless, and a repeat makes yet another.
         */
        post: operations["offerSwap"];
        /** Make the link for my seat worthless */
        delete: operations["takeBackSwap"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/swaps/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a link offers */
        post: operations["findSwap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/swaps/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the seat that a link offers, or exchange one of mine for it
         * @description Both are judged by the rules of signing up. Where people wait for the shift, a seat can only be exchanged.
         */
        post: operations["takeSwap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/swaps/{swap_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put both back where they were
         * @description For the leader and deputies, until the shift begins.
         */
        post: operations["undoSwap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/shifts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I signed up for */
        get: operations["listMyShifts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/confirmations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shifts that wait for the federation to confirm them
         * @description For coordinators and administrators. Unconfirmed for seven days, or nobody else may confirm it.
         */
        get: operations["listConfirmations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/anomalies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Things to verify in the reader's region
         * @description For coordinators and administrators. Each says which rule found it; none blocks anything.
         */
        get: operations["listAnomalies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/anomalies/{anomaly_id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * My own word about what was asked
         * @description Once; only by whom it is about.
         */
        post: operations["answerAnomaly"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/anomalies/{anomaly_id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide a thing to verify
         * @description By a coordinator or administrator of the region, another person than whom it concerns. An upheld one asks for a correction and corrects nothing itself.
         */
        post: operations["decideAnomaly"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/anomalies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was asked about me */
        get: operations["listMyAnomalies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/grant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say which qualification whoever completes a class is given
         * @description For administrators of the team's region, until somebody has completed it. An empty kind is none.
         */
        put: operations["setClassGrant"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The classes of a year in my regions, and their sums
         * @description For officers.
         */
        get: operations["listClasses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My certificates of attendance */
        get: operations["listMyCertificates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/certificates/{certificate_id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A certificate of mine on paper */
        get: operations["getCertificatePdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/certificates/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check a certificate of attendance
         * @description For anybody who holds it. The name is masked.
         */
        get: operations["checkCertificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/led-shifts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shifts of the teams I lead that are near or wait for my confirmation */
        get: operations["listLedShifts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check in or out
         * @description The evidence is a ticket (from an opened check-in link), the code of a link that the open page scanned, the six digits on the leader's screen, the leader's own tap for somebody on the roster, or a volunteer card that the leader scanned. A code, a tap or a card that the phone kept while it had no network is signed by it.
         */
        post: operations["createClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/away": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that my phone is far from the place of the shift
         * @description After a claim of my own, within minutes, while I consent to comparing places. The phone compares; where it is stays with it. The address says nothing, since addresses are written down. Twice is once.
         */
        post: operations["tellAway"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/claims/{claim_id}/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept a claim that is held, or leave it aside
         * @description For the leader and deputies, not about themselves. Either is taken back with undo within two minutes.
         */
        post: operations["lookAtClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/devices/{device_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Register the key with which my phone signs what it keeps without network
         * @description Again it says how far the phone's clock is off now.
         */
        put: operations["putMyDevice"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My own state at a shift */
        get: operations["getPresence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The key from which the leader's page draws the rotating code */
        get: operations["getCode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/attendances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enter afterwards that somebody was there
         * @description Without volunteer_id it is my own word (本人申报), after the shift, and somebody else decides. With it a leader enters somebody of the team or who signed up (事后补录).
         */
        post: operations["createAttendance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/sheet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rows of a shift's printed sheets, to be typed in
         * @description For the leader and deputies.
         */
        get: operations["getSheet"];
        put?: never;
        /**
         * Print the sheet to sign at the gate
         * @description For the leader and deputies. Everybody with a seat has a row with a code, the same on every print, and there are empty rows for who comes without one.
         */
        post: operations["printSheet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/sheet/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Type in what was signed on a printed sheet
         * @description For the leader and deputies. The same sheet again changes nothing; who types is not believed for herself.
         */
        post: operations["enterSheet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/attendances/{attendance_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back a tap that was a mistake
         * @description For the leader and deputies, within two minutes of the tap. It is recorded.
         */
        post: operations["undoTap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/roster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody of a shift */
        get: operations["getRoster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow a shift as it happens */
        get: operations["followShift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm the roster of a shift
         * @description Nobody confirms themself; what is left over waits for another leader or deputy.
         */
        post: operations["confirmShift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/photos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a photo to an activity or to a shift's record
         * @description The body is the file, JPEG or PNG, at most 4 MB and 12 million pixels. It is encoded anew, upright and without
         *     anything that its camera wrote into it. For those who lead the team.
         *
         */
        post: operations["createPhoto"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/photos/{photo_id}/{size}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A photo
         * @description Anybody's to see, signed in or not; of a draft its leaders'.
         */
        get: operations["getPhoto"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/photos/{photo_id}/take-down": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a photo out of everybody's sight
         * @description For those who lead the team, and coordinators and administrators of its region. The picture is deleted; who did it, when and why is kept.
         */
        post: operations["takeDownPhoto"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came of activities
         * @description Of one team, one activity or one shift; for anybody, signed in or not. Nobody is named.
         */
        get: operations["listRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holidays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Holidays, and days of weekends that are worked (调休) */
        get: operations["listHolidays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holidays/{year}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a year's list
         * @description For administrators of the city. It takes the place of the one before.
         */
        put: operations["setHolidays"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/feeds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My calendar address and those of the teams I lead */
        get: operations["listFeeds"];
        put?: never;
        /**
         * Make a new calendar address, mine or a team's
         * @description The one before is worthless from now on.
         */
        post: operations["renewFeed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/feeds/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a calendar address worthless */
        post: operations["revokeFeed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/{secret}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shifts as an iCalendar file (RFC 5545)
         * @description For whoever has the address. Nobody is named in it.
         */
        get: operations["getFeed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the shifts of a team or a division out as xlsx
         * @description For those who lead the team and for officers, as far as their grants reach. It names nobody. Every export is recorded.
         */
        post: operations["exportShifts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shifts/{shift_id}/record": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write what came of a shift that is over
         * @description For those who lead the team, and coordinators and administrators of its region.
         */
        put: operations["writeRecord"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events that this service could not carry out
         * @description For administrators of the city. An event holds ids and nothing else of anybody, and it is not shown.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have events tried again, after what was in the way was mended
         * @description For administrators of the city, with a second factor. The service does it within seconds; who asked is recorded.
         */
        post: operations["redriveDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        DeadLetter: {
            /** Format: uuid */
            letter_id: string;
            /** @description Who could not carry it out: hours-from-tasks */
            consumer: string;
            /** @description What happened: tasks.v1.attendance.confirmed */
            subject: string;
            /**
             * @description unreadable: not what this release can read; refused: by a rule of the service; conflict: with what is in the database; fault: the program broke off
             * @enum {string}
             */
            cause: "unreadable" | "refused" | "conflict" | "fault" | "unknown";
            /** @description For whoever mends it */
            error: string;
            attempts: number;
            /** Format: date-time */
            occurred_at: string;
            /**
             * Format: date-time
             * @description The last time
             */
            tried_at: string;
            /** @description It was asked for and is tried within seconds */
            waits: boolean;
            /**
             * Format: date-time
             * @description When it was asked for last; missing: never
             */
            asked_at?: string;
            /** @description By whom; empty: by who runs the machine */
            asked_by?: string;
            /**
             * Format: date-time
             * @description When it was carried out after all
             */
            redriven_at?: string;
        };
        DeadLetters: {
            /** @description Of all that are to be looked at */
            count: number;
            items: components["schemas"]["DeadLetter"][];
            redriven: components["schemas"]["DeadLetter"][];
        };
        DeadLetterChoice: {
            letter_ids: string[];
        };
        Programme: {
            /** Format: uuid */
            programme_id: string;
            name: string;
            /** @description Takes no new activities */
            retired: boolean;
            setting: components["schemas"]["ProgrammeSetting"];
        };
        ProgrammeChange: {
            name: string;
            /** @description Of one that there is */
            retired?: boolean;
            reason: string;
        };
        /** @description What holds for a programme from a day on */
        ProgrammeSetting: {
            /** @description A day of the city: 2026-12-01; empty: nothing was set */
            valid_from: string;
            /** @description Codes of qualification kinds; who takes part needs one of them (条例 art. 16) */
            needs: string[];
            /** @description Most minutes of one person's day that are not looked at; 0: none */
            day_cap: number;
            /** @description Minutes are cut to whole multiples: 1, 5, 10, 15, 30 or 60 */
            rounding: number;
            /** @description Insurance is always needed (条例 art. 17) */
            risky: boolean;
            /** @description What every activity must warn of */
            risk_note: string;
            /** @description Not used: pairings have contact plans of their own. Kept for older clients, as it was */
            meet_every: number;
            /** @description The same */
            call_every: number;
            reason: string;
            /** Format: date-time */
            set_at?: string;
        };
        ProgrammeSettingList: {
            items: components["schemas"]["ProgrammeSetting"][];
        };
        NewCampaign: {
            region_path: components["schemas"]["RegionPath"];
            /** Format: uuid */
            programme_id: string;
            name: string;
            /** @description A sentence to the leaders */
            call: string;
            /** @description Of the activity; what follows is proposed as well */
            title: string;
            description?: string;
            risks?: string;
            bring?: string;
            first_day: string;
            last_day: string;
        };
        Campaign: {
            /** Format: uuid */
            campaign_id: string;
            region_path: string;
            /** Format: uuid */
            programme_id: string;
            programme_name: string;
            name: string;
            call: string;
            title: string;
            description: string;
            risks: string;
            bring: string;
            first_day: string;
            last_day: string;
            /** @description How many activities came of it */
            taken_up: number;
            /** @description It can be taken up */
            going_on: boolean;
            may_end: boolean;
        };
        CampaignList: {
            items: components["schemas"]["Campaign"][];
        };
        ProgrammeList: {
            items: components["schemas"]["Programme"][];
        };
        NewTask: {
            /** Format: uuid */
            team_id: string;
            /** Format: uuid */
            programme_id: string;
            /**
             * Format: uuid
             * @description The campaign that it takes up
             */
            campaign_id?: string;
            /**
             * @description training: a class, whose shifts are its sessions; service when absent
             * @enum {string}
             */
            kind?: "service" | "training";
            /** @description Of a class: how many sessions complete it; all that are planned when absent */
            sessions_needed?: number;
            title: string;
            description?: string;
            /** @description Name or address people will find */
            place?: string;
            /** Format: double */
            latitude?: number;
            /** Format: double */
            longitude?: number;
            /** @description What may happen and how to be careful (条例 art. 12) */
            risks?: string;
            /** @description May endanger the person: needs an insurance note (art. 17) */
            risky?: boolean;
            insurance?: string;
            /** @description What to bring */
            bring?: string;
            contact_name?: string;
            contact_phone?: string;
            /** @description 只限本队: only members of the brigades that hold it take part */
            only_members?: boolean;
            shifts?: components["schemas"]["NewShift"][];
        };
        TeamChoice: {
            /** Format: uuid */
            team_id: string;
        };
        JointAnswer: {
            /** @enum {string} */
            state: "joined" | "declined" | "withdrawn";
        };
        JointTeam: {
            /** Format: uuid */
            team_id: string;
            team_name: string;
            /** @enum {string} */
            state: "asked" | "joined" | "declined" | "withdrawn";
            /** @description I lead it */
            led: boolean;
        };
        MyTeam: {
            /** Format: uuid */
            team_id: string;
            team_name: string;
            /** @description My hours here count for it */
            credited: boolean;
        };
        NewShift: {
            /**
             * Format: date-time
             * @description Given: it has no fixed hours and is open from this day to that of ends_at
             */
            open_from?: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string;
            capacity: number;
        };
        CalleeList: {
            /** @description Who changed places (换班) */
            swaps: {
                /** Format: uuid */
                swap_id: string;
                /** @description The name of who had the seat */
                from: string;
                /** @description The name of who has it */
                to: string;
                /** Format: date-time */
                at: string;
                /** @description For a seat in another shift of the task */
                exchange: boolean;
                undoable: boolean;
            }[];
            /** @description Who withdrew within a day of the start (临时取消) */
            late: {
                /** Format: uuid */
                volunteer_id: string;
                name: string;
                reason: string;
            }[];
            items: {
                /** @description Said so (我会来) */
                coming: boolean;
                /** @description On the waiting list */
                waits: boolean;
                /** Format: uuid */
                volunteer_id: string;
                name: string;
                /** @description Whole; empty when none is known */
                phone: string;
            }[];
        };
        /** @description Codes from the city down, each followed by a slash */
        RegionPath: string;
        NewPause: {
            region_path: components["schemas"]["RegionPath"];
            /**
             * Format: date-time
             * @description Now when absent
             */
            since?: string;
            /** Format: date-time */
            until: string;
            /** @description Shown to everybody concerned */
            reason: string;
        };
        PausePreview: {
            shifts: number;
            /** @description Sign-ups */
            people: number;
        };
        Pause: {
            /** Format: uuid */
            pause_id: string;
            region_path: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            reason: string;
            /** Format: date-time */
            paused_at: string;
            /** @description How many it held back */
            shifts: number;
            /** @description How many sign-ups were told */
            people: number;
            /** Format: date-time */
            ended_at?: string;
            /** @description How many shifts came back */
            resumed: number;
            /** @description Ending it now is an undo */
            undoable: boolean;
            /** @description It stands, and I have the authority */
            may_end: boolean;
        };
        PauseList: {
            items: components["schemas"]["Pause"][];
        };
        TaskChange: {
            /**
             * Format: uuid
             * @description Fixed once it is published
             */
            programme_id: string;
            /**
             * @description training: a class, whose shifts are its sessions; as it is when absent, and fixed once it is published
             * @enum {string}
             */
            kind?: "service" | "training";
            /** @description Of a class: how many sessions complete it; as it is when absent */
            sessions_needed?: number;
            title: string;
            description?: string;
            place?: string;
            /** Format: double */
            latitude?: number;
            /** Format: double */
            longitude?: number;
            risks?: string;
            risky?: boolean;
            insurance?: string;
            bring?: string;
            contact_name?: string;
            contact_phone?: string;
            only_members?: boolean;
            shifts: components["schemas"]["ShiftChange"][];
        };
        ShiftChange: {
            /**
             * Format: uuid
             * @description Absent: a new one
             */
            shift_id?: string;
            /**
             * Format: date-time
             * @description Of a new one without fixed hours
             */
            open_from?: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string;
            capacity: number;
        };
        /** @description The qualification that whoever completes a class is given */
        ClassGrant: {
            /** @description Code of a qualification kind; empty: none */
            kind: string;
            /** @description How long it is good; 0: as the list of kinds has it */
            months: number;
        };
        ClassList: {
            year: number;
            /** @description Held and confirmed */
            sessions: number;
            sum: components["schemas"]["ClassFigures"];
            items: components["schemas"]["Class"][];
        };
        /** @description 参训人次 is attended and others together. */
        ClassFigures: {
            /** @description Confirmed presences of people on the roster */
            attended: number;
            /** @description People who are not on it, as the leader counted them */
            others: number;
            /** @description Of those on the roster */
            minutes: number;
            certificates: number;
        };
        Class: {
            /** Format: uuid */
            task_id: string;
            title: string;
            place: string;
            team_name: string;
            /** @description Codes of divisions, from the city down */
            region_path: string;
            /** @enum {string} */
            state: "published" | "cancelled";
            /** Format: date-time */
            first_starts_at: string;
            /** Format: date-time */
            last_starts_at: string;
            /** @description That take place */
            sessions: number;
            /** @description Of these, confirmed */
            held: number;
            sessions_needed: number;
            figures: components["schemas"]["ClassFigures"];
            grant: components["schemas"]["ClassGrant"];
            /** @description I may say what it grants */
            may_grant: boolean;
        };
        CertificateList: {
            items: components["schemas"]["Certificate"][];
        };
        /** @description 参训证明 */
        Certificate: {
            /** Format: uuid */
            certificate_id: string;
            number: string;
            /** Format: uuid */
            task_id: string;
            title: string;
            team_name: string;
            /** @description A day of the city: 2026-12-01 */
            completed_on: string;
            /** @description Attended */
            sessions: number;
            minutes: number;
            /** @description What was attended still is enough */
            proved: boolean;
            /** @description Code of the qualification that went with it; empty: none */
            grants: string;
        };
        /** @description What a certificate says to whoever holds it */
        CheckedCertificate: {
            number: string;
            masked_name: string;
            title: string;
            team_name: string;
            completed_on: string;
            minutes: number;
            /** @description False: a session was found to be wrong, and what is left is not enough */
            proved: boolean;
            sessions: {
                day: string;
                minutes: number;
            }[];
        };
        Cancellation: {
            /** @description Shown to everybody who had signed up */
            reason: string;
        };
        LedTask: {
            /** Format: uuid */
            task_id: string;
            /** @enum {string} */
            kind: "service" | "training";
            title: string;
            place: string;
            team_name: string;
            programme_name: string;
            /** @enum {string} */
            state: "draft" | "published" | "cancelled";
            shifts: number;
            /** Format: date-time */
            first_starts_at?: string;
            /** Format: date-time */
            last_starts_at?: string;
        };
        LedTaskList: {
            items: components["schemas"]["LedTask"][];
        };
        Task: {
            /** Format: uuid */
            task_id: string;
            /** Format: uuid */
            team_id: string;
            team_name: string;
            /** Format: uuid */
            programme_id: string;
            programme_name: string;
            /** @enum {string} */
            kind: "service" | "training";
            /** @description Of a class: how many sessions complete it */
            sessions_needed?: number;
            grant?: components["schemas"]["ClassGrant"];
            /** @description What the programme has everybody warned of */
            risk_note?: string;
            /** @description Codes of qualification kinds; who takes part needs one of them (条例 art. 16) */
            needs: string[];
            title: string;
            description: string;
            place: string;
            /** Format: double */
            latitude?: number;
            /** Format: double */
            longitude?: number;
            risks: string;
            risky: boolean;
            insurance: string;
            bring: string;
            contact_name: string;
            contact_phone: string;
            /** @enum {string} */
            state: "draft" | "published" | "cancelled";
            /** @description Why it was cancelled */
            reason?: string;
            /** @description Only members of the brigades that hold it take part */
            only_members?: boolean;
            /** @description Brigades that hold it too; whoever posted it sees all that were asked */
            teams?: components["schemas"]["JointTeam"][];
            /** @description Where several hold it: those of them that I am in */
            my_teams?: components["schemas"]["MyTeam"][];
            /** @description I lead this team */
            mine: boolean;
            shifts: components["schemas"]["Shift"][];
            photos?: components["schemas"]["Photo"][];
        };
        Photo: {
            /**
             * Format: uuid
             * @description Shown by /photos/{photo_id}/display and …/thumbnail
             */
            photo_id: string;
            /** @description Of the display size */
            width: number;
            height: number;
        };
        Holiday: {
            day: string;
            name: string;
            /** @description 调休上班 */
            works: boolean;
        };
        HolidayList: {
            items: components["schemas"]["Holiday"][];
        };
        FeedOf: {
            /**
             * Format: uuid
             * @description Mine when absent
             */
            team_id?: string;
        };
        Feed: {
            /** Format: uuid */
            team_id?: string;
            /** Format: date-time */
            made_at: string;
            /** @description When it was just made */
            path?: string;
        };
        FeedList: {
            items: components["schemas"]["Feed"][];
        };
        ShiftExport: {
            /** Format: uuid */
            team_id?: string;
            /** @description Code of a division; or team_id */
            region?: string;
            /** @description A day of the city: 2026-11-01 */
            first_day: string;
            /** @description At most a year later */
            last_day: string;
            purpose: string;
        };
        TakeDown: {
            reason: string;
        };
        Summary: {
            /** @description Empty takes it away */
            summary: string;
        };
        RecordPage: {
            /** @description When asked of a team */
            team_name: string;
            items: components["schemas"]["ActivityRecord"][];
            next?: string;
        };
        ActivityRecord: {
            /** Format: uuid */
            shift_id: string;
            /** Format: uuid */
            task_id: string;
            title: string;
            place: string;
            programme_name: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string;
            summary: string;
            /** @description 服务人次 */
            people_served: number;
            /** @description How many volunteers' hours are confirmed */
            came: number;
            /** @description Of theirs together */
            minutes: number;
            photos: components["schemas"]["Photo"][];
            /** @description For those who may take down */
            taken_down: {
                /** Format: uuid */
                photo_id: string;
                /** Format: date-time */
                at: string;
                reason: string;
            }[];
            /** @description I lead the team */
            may_write: boolean;
            may_take_down: boolean;
        };
        Shift: {
            /** Format: uuid */
            shift_id: string;
            /** Format: uuid */
            task_id: string;
            /** @enum {string} */
            kind: "service" | "training";
            title: string;
            place: string;
            team_name: string;
            programme_name: string;
            contact_name: string;
            /** @description Empty unless I signed up or lead the team */
            contact_phone: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string;
            /**
             * Format: date-time
             * @description It has no fixed hours: since when it can be done; the other times are its last day
             */
            open_from?: string;
            capacity: number;
            /** @description Those kept for somebody who has an offer, too */
            taken: number;
            /** @description How many are on the waiting list */
            waiting: number;
            /** @enum {string} */
            state: "open" | "paused" | "cancelled" | "confirmed";
            /** @description Why it was cancelled or paused */
            reason?: string;
            /** @description Only members of the brigades that hold it take part */
            only_members?: boolean;
            /** @description A leader invited me and I have not answered; on a task's own page */
            invited?: boolean;
            /** @description I lead a brigade that joined it: the gate and my own members, not the confirmation */
            helps?: boolean;
            sign_up?: components["schemas"]["SignUp"];
            presence?: components["schemas"]["Presence"];
        };
        ShiftPage: {
            items: components["schemas"]["Shift"][];
            /** @description Give it as after to get the next page; absent on the last */
            next?: string;
        };
        LedShift: {
            shift: components["schemas"]["Shift"];
            counts: components["schemas"]["Counts"];
        };
        LedShiftList: {
            items: components["schemas"]["LedShift"][];
        };
        SignUp: {
            /** Format: uuid */
            sign_up_id: string;
            /** Format: uuid */
            shift_id: string;
            /** @enum {string} */
            state: "confirmed" | "waitlisted" | "offered" | "declined" | "withdrawn" | "no_show";
            /** @description I said that I come */
            coming?: boolean;
            /** @description While waitlisted: my place in the line, from 1 */
            place?: number;
            /**
             * Format: date-time
             * @description While offered
             */
            answer_by?: string;
            /** @description While offered: the seat is kept for me; else the first who takes it has it */
            held?: boolean;
            /**
             * Format: date-time
             * @description My link for changing places is good until then; on the task's own page
             */
            swap_until?: string;
        };
        SwapLink: {
            secret: string;
            /** Format: date-time */
            ends_at: string;
        };
        SwapSecret: {
            secret: string;
        };
        SwapTaking: {
            secret: string;
            /**
             * Format: uuid
             * @description The seat of mine that I give for it, in another shift of the same task
             */
            sign_up_id?: string;
        };
        SwapOffer: {
            /** Format: uuid */
            task_id: string;
            /** Format: uuid */
            shift_id: string;
            title: string;
            place: string;
            team_name: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string;
            /** Format: date-time */
            until: string;
            /** @description How many wait for the shift; more than none: it can only be exchanged */
            waiting: number;
            /** @description I made the link */
            mine: boolean;
            /** @description I have taken the seat by it */
            taken: boolean;
            /** @description Seats of mine that I could give for it */
            seats: {
                /** Format: uuid */
                sign_up_id: string;
                /** Format: date-time */
                starts_at: string;
                /** Format: date-time */
                ends_at: string;
            }[];
        };
        PastedText: {
            text: string;
        };
        Pasted: {
            lines: components["schemas"]["PastedLine"][];
            /** @description Everybody of the team, to choose from */
            members: components["schemas"]["PastedMember"][];
        };
        PastedLine: {
            /** @description As it was pasted */
            text: string;
            /** @enum {string} */
            doubt: "none" | "same_name" | "alike" | "title" | "for_other" | "says_no" | "unknown";
            /** @description Whom it names; with a doubt, who it may be */
            volunteer_ids: string[];
        };
        PastedMember: {
            /** Format: uuid */
            volunteer_id: string;
            name: string;
            number: string;
            /**
             * @description Of a sign-up that there is already
             * @enum {string}
             */
            state?: "confirmed" | "waitlisted" | "offered" | "declined" | "withdrawn" | "no_show";
        };
        NewEnteredSignUps: {
            volunteer_ids: string[];
        };
        InviteeList: {
            items: components["schemas"]["Invitee"][];
        };
        Invitee: {
            /** Format: uuid */
            volunteer_id: string;
            name: string;
            number: string;
            /**
             * @description Empty: not invited
             * @enum {string}
             */
            reply: "" | "invited" | "accepted" | "declined";
            signed_up: boolean;
            /** @description Why they cannot take part; empty: they can */
            reason: string;
        };
        EnteredSignUpList: {
            items: components["schemas"]["EnteredSignUp"][];
        };
        EnteredSignUp: {
            /** Format: uuid */
            volunteer_id: string;
            /** @enum {string} */
            outcome: "confirmed" | "waitlisted" | "already" | "refused";
            /** @description Why refused */
            reason?: string;
        };
        Withdrawal: {
            reason: string;
        };
        /** @description Exactly one of ticket, code, digits, volunteer_id and card is given. */
        NewClaim: {
            /** Format: uuid */
            claim_id: string;
            /** Format: uuid */
            shift_id: string;
            /** @enum {string} */
            kind: "in" | "out";
            /** @description From the opened check-in link */
            ticket?: string;
            /** @description The six digits on the leader's screen; full-width ones are understood */
            digits?: string;
            /**
             * Format: uuid
             * @description A leader taps somebody on the roster: whom
             */
            volunteer_id?: string;
            /** @description With volunteer_id: a member of the team who did not sign up and is here */
            walk_in?: boolean;
            /** @description Of a check-in link that the open page scanned */
            code?: string;
            /** @description The token of a volunteer card that a leader scanned */
            card?: string;
            kept?: components["schemas"]["Kept"];
        };
        /** @description Of a code or a tap that the phone kept while it had no network */
        Kept: {
            /** Format: uuid */
            device_id: string;
            /**
             * Format: int64
             * @description Goes up with each claim of the device
             */
            counter: number;
            /**
             * Format: date-time
             * @description By the phone's own clock, to the millisecond
             */
            observed_at: string;
            /**
             * Format: date-time
             * @description By the phone's own clock
             */
            sent_at: string;
            /** @description ECDSA P-256 with SHA-256, r and s in base64url, over the lines qihe-claim-v1, claim, shift, kind, code, tapped volunteer, card, observed_at in milliseconds, counter (docs/check-in.md) */
            signature: string;
        };
        NewDevice: {
            /** @description P-256, uncompressed, in base64url */
            public_key: string;
            /**
             * Format: date-time
             * @description What the phone's clock shows
             */
            phone_time: string;
        };
        Device: {
            /** Format: uuid */
            device_id: string;
            /** Format: int64 */
            counter: number;
        };
        NewAttendance: {
            /**
             * Format: uuid
             * @description Whom a leader enters; absent for oneself
             */
            volunteer_id?: string;
            /**
             * Format: date-time
             * @description Within the shift; not used when one has checked in and only the end is missing
             */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description Why it is entered by hand; for oneself what one did */
            reason: string;
        };
        Sheet: {
            /** Format: uuid */
            team_id: string;
            shift: components["schemas"]["Shift"];
            /**
             * Format: date-time
             * @description The last time
             */
            printed_at?: string;
            rows: components["schemas"]["SheetRow"][];
        };
        SheetRow: {
            /** @description The row code: five letters, the last of which checks the others */
            code: string;
            /**
             * Format: uuid
             * @description Who stands on it, or signed a row that was printed empty
             */
            volunteer_id?: string;
            name: string;
            /** @description Printed without a name */
            empty: boolean;
            /** @description It was typed in */
            typed: boolean;
            /** @enum {string} */
            state: "expected" | "open" | "unconfirmed" | "declared" | "closed" | "confirmed" | "rejected";
            /** Format: date-time */
            checked_in_at?: string;
            /** Format: date-time */
            checked_out_at?: string;
        };
        NewSheetRows: {
            rows: components["schemas"]["NewSheetRow"][];
        };
        NewSheetRow: {
            code: string;
            /**
             * Format: uuid
             * @description Who signed a row that was printed empty: a member of the team
             */
            volunteer_id?: string;
            /**
             * Format: date-time
             * @description Not used when it is known that they came and only the end is missing
             */
            from: string;
            /** Format: date-time */
            to: string;
        };
        TypedRowList: {
            items: components["schemas"]["TypedRow"][];
        };
        TypedRow: {
            code: string;
            /** Format: uuid */
            volunteer_id?: string;
            /**
             * @description known: typed before, or seen otherwise; own: the typist's own row, which is her word and waits for another to accept it
             * @enum {string}
             */
            outcome: "entered" | "known" | "own" | "refused";
            /** @description Why refused */
            reason?: string;
        };
        Presence: {
            /** Format: uuid */
            shift_id: string;
            /**
             * @description expected: signed up, not here yet; open: checked in; closed: checked out; unconfirmed: the shift is over and nobody checked out; declared: own word, waits for somebody else
             * @enum {string}
             */
            state: "not_signed_up" | "expected" | "open" | "unconfirmed" | "declared" | "closed" | "confirmed" | "rejected";
            /** Format: date-time */
            checked_in_at?: string;
            /** Format: date-time */
            checked_out_at?: string;
            /** @description What would be credited if confirmed as it stands; final once confirmed */
            minutes?: number;
            /**
             * @description 扫码核实, 现场核实, 事后补录, 本人申报
             * @enum {string}
             */
            proof?: "scanned" | "on_site" | "entered_later" | "own_word";
            title: string;
            place: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string;
            /**
             * Format: date-time
             * @description It has no fixed hours: since when it can be done
             */
            open_from?: string;
            /** @description What I did there so far, latest first */
            stretches?: components["schemas"]["Stretch"][];
        };
        /** @description One time that I did what has no fixed hours */
        Stretch: {
            /** Format: uuid */
            attendance_id: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            minutes: number;
            /** @enum {string} */
            state: "declared" | "closed" | "confirmed" | "rejected";
            /** @description What I wrote, or why it was rejected */
            reason: string;
        };
        ClaimResult: {
            /** Format: uuid */
            claim_id: string;
            presence: components["schemas"]["Presence"];
            /** @description How many are checked in now */
            present: number;
            /**
             * Format: uuid
             * @description Whose presence it is
             */
            volunteer_id: string;
            spot?: components["schemas"]["Spot"];
            /**
             * @description It changed nothing and waits for the leader's look, because of this
             * @enum {string}
             */
            doubt?: "late" | "clock" | "new_device" | "conflict" | "not_signed_up" | "no_check_in" | "decided";
        };
        /** @description Where it takes place, when I consented to comparing places and the claim came with network. The phone compares for itself. */
        Spot: {
            /** Format: double */
            latitude: number;
            /** Format: double */
            longitude: number;
            /** @description Metres */
            radius: number;
        };
        Away: {
            /** Format: uuid */
            claim_id: string;
        };
        ClaimLook: {
            /** @enum {string} */
            verdict: "accept" | "dismiss" | "undo";
        };
        /** @description A claim that a phone kept and that waits for the leader's look */
        DoubtedClaim: {
            /** Format: uuid */
            claim_id: string;
            /** Format: uuid */
            volunteer_id: string;
            name: string;
            /** @enum {string} */
            kind: "in" | "out";
            /**
             * @description strays: it counts, but the phone's clock was set between the two ends
             * @enum {string}
             */
            doubt: "late" | "clock" | "new_device" | "conflict" | "not_signed_up" | "no_check_in" | "decided" | "strays";
            /**
             * Format: date-time
             * @description What it proves
             */
            at: string;
            /**
             * @description What a leader has just decided
             * @enum {string}
             */
            verdict?: "accept" | "dismiss";
            /**
             * Format: date-time
             * @description It can be taken back until then
             */
            undo_until?: string;
            /** Format: date-time */
            received_at: string;
        };
        CodeKey: {
            /** Format: uuid */
            shift_id: string;
            /** @description Base64 of the shift's HMAC-SHA-256 key */
            key: string;
            /** @example 10 */
            step_seconds: number;
            /** Format: date-time */
            server_time: string;
            /** Format: date-time */
            opens_at: string;
            /** Format: date-time */
            closes_at: string;
        };
        Counts: {
            signed_up: number;
            /** @description Came without a seat; counted where they are as well */
            walk_ins: number;
            /** @description Checked in and not out */
            present: number;
            /** @description Checked out */
            left: number;
            /** @description The shift is over and nobody checked out */
            forgotten: number;
            /** @description Signed up and not seen */
            missing: number;
            confirmed: number;
        };
        RosterLine: {
            /** Format: uuid */
            volunteer_id: string;
            /** Format: uuid */
            attendance_id?: string;
            name: string;
            /** @description Of the name's pinyin, to search by */
            initials: string;
            number: string;
            /** @description Masked */
            phone: string;
            /**
             * @description corrected: it was confirmed, and its hours were corrected in the ledger since
             * @enum {string}
             */
            state: "expected" | "open" | "unconfirmed" | "declared" | "closed" | "confirmed" | "rejected" | "corrected";
            /** @description Came without a seat */
            walk_in: boolean;
            /** Format: date-time */
            corrected_at?: string;
            /** @description Of a corrected one: what counts now */
            corrected_minutes?: number;
            /** @description Of the printed sheet from which it was typed in */
            row_code?: string;
            /**
             * Format: date-time
             * @description A leader's tap that can be taken back until then
             */
            undo_until?: string;
            /** @description Why it was entered or changed by hand, or what they say themself */
            reason?: string;
            /** @description The reader may decide it */
            yours: boolean;
            /**
             * @description Whose turn it is to confirm it; empty before the shift is over
             * @enum {string}
             */
            turn: "" | "leader" | "deputy" | "member" | "office" | "township";
            /** Format: date-time */
            checked_in_at?: string;
            /** Format: date-time */
            checked_out_at?: string;
            minutes: number;
            /** @enum {string} */
            proof?: "scanned" | "on_site" | "entered_later" | "own_word";
            /**
             * @description asked: one phone checked several people in, so it is not confirmed unlooked-at; household: of somebody who lives with the reader; declared: their own word, to be accepted or not; own: the reader's own attendance, which another person confirms
             * @enum {string}
             */
            exception: "none" | "missing" | "declared" | "asked" | "no_check_out" | "own" | "household";
        };
        Roster: {
            /** Format: uuid */
            team_id: string;
            /** @description Everybody is on it; else only whom the reader was picked to confirm */
            whole: boolean;
            shift: components["schemas"]["Shift"];
            counts: components["schemas"]["Counts"];
            people_served: number;
            lines: components["schemas"]["RosterLine"][];
            doubts: components["schemas"]["DoubtedClaim"][];
        };
        AnomalyList: {
            items: components["schemas"]["Anomaly"][];
        };
        Anomaly: {
            /** Format: uuid */
            anomaly_id: string;
            /** @enum {string} */
            rule: "overlap" | "hours" | "travel" | "codes_apart" | "device" | "round" | "place";
            /** @enum {string} */
            state: "open" | "answered" | "upheld" | "dismissed";
            /** Format: uuid */
            volunteer_id: string;
            /** @description Empty in my own list */
            name: string;
            number: string;
            /** Format: date-time */
            found_at: string;
            evidence: components["schemas"]["Evidence"];
            facts: components["schemas"]["Fact"][];
            /** @description The person's own word */
            answer: string;
            /** Format: date-time */
            answered_at?: string;
            /** @description Of the decision */
            reason: string;
            /** Format: date-time */
            decided_at?: string;
            /** @description The reader, who therefore does not decide it */
            concerns_me: boolean;
        };
        /** @description The figures behind it; those that the rule does not have are zero. */
        Evidence: {
            /** @description In common, in the day, or between two places */
            minutes: number;
            /** @description What may be, in minutes */
            limit: number;
            km: number;
            km_h: number;
            people: number;
            run: number;
        };
        /** @description One of the attendances that it is about */
        Fact: {
            /** Format: uuid */
            attendance_id: string;
            title: string;
            place: string;
            team_name: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string;
            /** Format: date-time */
            checked_in_at: string;
            /** Format: date-time */
            checked_out_at?: string;
            minutes: number;
            /** @enum {string} */
            proof: "scanned" | "on_site" | "entered_later" | "own_word";
            /** @enum {string} */
            state: "open" | "unconfirmed" | "declared" | "closed" | "confirmed" | "rejected" | "undone";
        };
        Answer: {
            answer: string;
        };
        AnomalyDecision: {
            /** @enum {string} */
            state: "upheld" | "dismissed";
            reason: string;
        };
        ConfirmationList: {
            items: components["schemas"]["WaitingShift"][];
        };
        WaitingShift: {
            shift: components["schemas"]["Shift"];
            /** @description How many people's hours */
            waiting: number;
            /** @description Nobody else was there: from the township up */
            township: boolean;
        };
        /** @description Whoever checked in and out needs no decision: the default is 无异议. */
        Confirmation: {
            /** @description 服务人次 */
            people_served: number;
            decisions: components["schemas"]["Decision"][];
        };
        Decision: {
            /** Format: uuid */
            attendance_id: string;
            /**
             * @description accept: takes somebody's own word, or what they are asked about; household: they live with me, another person confirms
             * @enum {string}
             */
            verdict: "reject" | "set_end" | "accept" | "household";
            /** Format: date-time */
            ended_at?: string;
            reason: string;
        };
        Problem: {
            type: string;
            /** @description The sentence to show */
            title: string;
            status: number;
            /** @description Stable, for programs */
            code: string;
            request_id?: string;
            fields?: {
                /** @description The input, as the request calls it: shifts[0].capacity */
                name: string;
                code: string;
                message: string;
            }[];
        };
    };
    responses: {
        /** @description What went wrong (RFC 9457), in the language of Accept-Language */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        TaskID: string;
        ShiftID: string;
        AnomalyID: string;
        AttendanceID: string;
        SignUpID: string;
        /** @description Made by the client; the same key gives the same answer for 7 days */
        IdempotencyKey: string;
        Limit: number;
        /** @description next of the page before */
        After: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listProgrammes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By their order on pages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgrammeList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addProgramme: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProgrammeChange"];
            };
        };
        responses: {
            /** @description It stands at the end of the list */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    changeProgramme: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                programme_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProgrammeChange"];
            };
        };
        responses: {
            /** @description Changed; everybody reads the new name */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listProgrammeSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                programme_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last day first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgrammeSettingList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setProgramme: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                programme_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProgrammeSetting"];
            };
        };
        responses: {
            /** @description The history, the last day first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgrammeSettingList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCampaigns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those that go on first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCampaign"];
            };
        };
        responses: {
            /** @description Leaders of the region see it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    endCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                campaign_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended; what came of it stays */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTask"];
            };
        };
        responses: {
            /** @description Drafted; nobody sees it before it is published */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["parameters"]["TaskID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The activity */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                task_id: components["parameters"]["TaskID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskChange"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    discardDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                task_id: components["parameters"]["TaskID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    askTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                task_id: components["parameters"]["TaskID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamChoice"];
            };
        };
        responses: {
            /** @description Asked; a second time changes nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    answerJoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                task_id: components["parameters"]["TaskID"];
                team_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JointAnswer"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    chooseTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                task_id: components["parameters"]["TaskID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamChoice"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    cancelTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                task_id: components["parameters"]["TaskID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Cancellation"];
            };
        };
        responses: {
            /** @description Called off; a second time changes nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    cancelShift: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Cancellation"];
            };
        };
        responses: {
            /** @description Called off; it stays in sight, with the reason */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCallees: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everybody who means to come; the numbers are not to be kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalleeList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPauses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those that stand first, then the newest; at most 50 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PauseList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createPause: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPause"];
            };
        };
        responses: {
            /** @description Held back; it can be undone for ten minutes and ended by hand later */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pause"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    previewPause: {
        parameters: {
            query: {
                region_path: components["schemas"]["RegionPath"];
                /** @description Now when absent */
                since?: string;
                until: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many shifts and sign-ups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PausePreview"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    endPause: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                pause_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended; a second time changes nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pause"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listLedTasks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Drafts first, then by their last shift, latest first; at most 40 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedTaskList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    publishTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                task_id: components["parameters"]["TaskID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Published; publishing twice changes nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listShifts: {
        parameters: {
            query?: {
                /** @description Ending after this; now when absent */
                from?: string;
                /** @description Starting before this */
                to?: string;
                programme_id?: string;
                team_id?: string;
                /** @description Only activities, or only classes; both when absent */
                kind?: "service" | "training";
                /** @description Code of a division; everything below it counts */
                region?: string;
                /** @description In the title or the place: some characters, or initials of their pinyin */
                words?: string;
                /** @description Latitude and longitude, to a kilometre and no finer: an address is logged, and where somebody is must not be */
                near?: string;
                /** @description Metres around near; 5000 when absent */
                radius?: number;
                /** @description mine: only what I can take part in: papers, guardian, nothing else at that time, no activity of other brigades for their members only */
                only?: "mine";
                limit?: components["parameters"]["Limit"];
                /** @description next of the page before */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Published shifts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createSignUp: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A seat is yours, or, when the shift is full, the next place on its waiting list; a seat that was offered to you is taken. Signing up twice gives the same sign-up. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignUp"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readPasted: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PastedText"];
            };
        };
        responses: {
            /** @description Who is named in each line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pasted"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    enterSignUps: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEnteredSignUps"];
            };
        };
        responses: {
            /** @description What became of each; one who cannot come is refused alone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnteredSignUpList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listInvitees: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everybody of my brigade but me, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteeList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    inviteToShift: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEnteredSignUps"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteeList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    declineInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The leader sees it; I can still sign up */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    sayComing: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                sign_up_id: components["parameters"]["SignUpID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The leader sees it; saying it twice changes nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignUp"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    withdrawSignUp: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                sign_up_id: components["parameters"]["SignUpID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Withdrawal"];
            };
        };
        responses: {
            /** @description The seat is free again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignUp"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    offerSwap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sign_up_id: components["parameters"]["SignUpID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The secret of the link, this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwapLink"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    takeBackSwap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sign_up_id: components["parameters"]["SignUpID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nobody can take the seat by it */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    findSwap: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SwapSecret"];
            };
        };
        responses: {
            /** @description The seat; never who made the link */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwapOffer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    takeSwap: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SwapTaking"];
            };
        };
        responses: {
            /** @description My seat. Taking it again gives the same answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignUp"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    undoSwap: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                swap_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Undone, and both are told */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyShifts: {
        parameters: {
            query?: {
                /** @description Ending after this; the start of today when absent */
                from?: string;
                limit?: components["parameters"]["Limit"];
                /** @description next of the page before */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Soonest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listConfirmations: {
        parameters: {
            query?: {
                /** @description Code; and everything below it */
                region?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Longest first, at most 200 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfirmationList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAnomalies: {
        parameters: {
            query?: {
                /** @description Code; and everything below it */
                region?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Longest first, at most 100 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnomalyList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    answerAnomaly: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                anomaly_id: components["parameters"]["AnomalyID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Answer"];
            };
        };
        responses: {
            /** @description Kept; a person at the federation reads it */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    decideAnomaly: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                anomaly_id: components["parameters"]["AnomalyID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnomalyDecision"];
            };
        };
        responses: {
            /** @description Decided; the person is told how and why */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyAnomalies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first, at most 100 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnomalyList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setClassGrant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                task_id: components["parameters"]["TaskID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClassGrant"];
            };
        };
        responses: {
            /** @description It holds from now on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listClasses: {
        parameters: {
            query?: {
                /** @description Of the first session; this one when absent */
                year?: number;
                /** @description Code; and everything below it */
                region?: string;
                /** @description In the title, the place or the team's name: some characters, or initials of their pinyin */
                words?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyCertificates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first, at most 200 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getCertificatePdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                certificate_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A PDF, one page of A4 */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    checkCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As it is typed */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What it says today */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedCertificate"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listLedShifts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Unconfirmed ones of the last 60 days and those of the coming 14 days, soonest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedShiftList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createClaim: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewClaim"];
            };
        };
        responses: {
            /** @description What is now known of my presence. The same claim id again gives the same answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimResult"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    tellAway: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Away"];
            };
        };
        responses: {
            /** @description Kept until that attendance is decided, or the consent is taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    lookAtClaim: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                claim_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimLook"];
            };
        };
        responses: {
            /** @description Done; the roster shows it */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    putMyDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                device_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDevice"];
            };
        };
        responses: {
            /** @description It is known, and has counted so far */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPresence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the check-in page shows before the tap */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Presence"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For the leader and deputies only */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeKey"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createAttendance: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAttendance"];
            };
        };
        responses: {
            /** @description Entered; it counts when somebody else has confirmed it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Presence"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSheet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order of the paper; without rows it was never printed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sheet"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    printSheet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A PDF of A4 */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    enterSheet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSheetRows"];
            };
        };
        responses: {
            /** @description What became of each row; one that cannot be right is refused alone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TypedRowList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    undoTap: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                attendance_id: components["parameters"]["AttendanceID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken back; how many are where now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Counts"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getRoster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For the leader, deputies and officers of the region; exceptions first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roster"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    followShift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events; each event named counts has a Counts as data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    confirmShift: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Confirmation"];
            };
        };
        responses: {
            /** @description Confirmed; hours follow within a second */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roster"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createPhoto: {
        parameters: {
            query: {
                /** @description Made by the phone; sending it again adds nothing */
                photo_id: string;
                /** @description Of the activity itself: at most 3 */
                task_id?: string;
                /** @description Of the record of a shift that is over: at most 9 */
                shift_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Everybody sees it, of a draft its leaders */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Photo"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
                /** @description At most 1280 or 360 pixels */
                size: "display" | "thumbnail";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It never changes */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    takeDownPhoto: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TakeDown"];
            };
        };
        responses: {
            /** @description Nobody sees it; a second time changes nothing */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listRecords: {
        parameters: {
            query?: {
                team_id?: string;
                task_id?: string;
                shift_id?: string;
                limit?: number;
                /** @description next of the page before */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest shift first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listHolidays: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description From this year's first day on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HolidayList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setHolidays: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                year: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HolidayList"];
            };
        };
        responses: {
            /** @description From the year's first day on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HolidayList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listFeeds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description That there are addresses, and since when; what they are is told once only */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    renewFeed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedOf"];
            };
        };
        responses: {
            /** @description Its path is told this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feed"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeFeed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedOf"];
            };
        };
        responses: {
            /** @description There is none */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getFeed: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: string;
            };
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A month back and half a year ahead */
            200: {
                headers: {
                    ETag?: string;
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
            /** @description As it was */
            304: {
                headers: {
                    ETag?: string;
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    exportShifts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShiftExport"];
            };
        };
        responses: {
            /** @description One line per shift that has begun, and a sheet that says what the columns mean */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    writeRecord: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                shift_id: components["parameters"]["ShiftID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Summary"];
            };
        };
        responses: {
            /** @description As everybody reads it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The oldest two hundred, and the last that were carried out after all */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetters"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    redriveDeadLetters: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by the client; the same key gives the same answer for 7 days */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeadLetterChoice"];
            };
        };
        responses: {
            /** @description They are asked for */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
}
