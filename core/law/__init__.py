"""Court rules as plain functions on values: periods, case numbers, fees, identity numbers, causes.

Nothing here reads a database, a clock or the network; every figure cites its article.
"""

from core.law import calendar as calendar
from core.law import case_number as case_number
from core.law import dates as dates
from core.law import errors as errors
from core.law import fees as fees
from core.law import identity as identity
from core.law import periods as periods
from core.law import standings as standings
