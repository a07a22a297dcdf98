"""What happened at the demo company within a year: a file for each customer and season."""

from portal.demo.stories import (
    alpina,
    alpina_year,
    drvodjel_autumn,
    drvodjel_winter,
    harrow_autumn,
    harrow_winter,
    jadran_autumn,
    jadran_winter,
    lanes_alpina,
    lanes_alpina_sites,
    lanes_croatia,
    lanes_northwind,
    lanes_northwind_trade,
    lanes_others,
    lanes_portugal,
    lanes_year,
    norcasa_autumn,
    norcasa_winter,
    northwind,
    northwind_trade,
    northwind_year,
    partners,
    partners_year,
    serralharia_autumn,
    serralharia_winter,
    suppliers,
    suppliers_year,
)

STORIES = (
    northwind.STORIES
    + northwind_trade.STORIES
    + lanes_northwind.STORIES
    + lanes_northwind_trade.STORIES
    + alpina.STORIES
    + lanes_alpina.STORIES
    + lanes_alpina_sites.STORIES
    + partners.STORIES
    + suppliers.STORIES
    + lanes_others.STORIES
    + serralharia_winter.STORIES
    + serralharia_autumn.STORIES
    + norcasa_winter.STORIES
    + norcasa_autumn.STORIES
    + jadran_winter.STORIES
    + jadran_autumn.STORIES
    + drvodjel_winter.STORIES
    + drvodjel_autumn.STORIES
    + harrow_winter.STORIES
    + harrow_autumn.STORIES
    + northwind_year.STORIES
    + alpina_year.STORIES
    + partners_year.STORIES
    + suppliers_year.STORIES
    + lanes_portugal.STORIES
    + lanes_croatia.STORIES
    + lanes_year.STORIES
)
"""First the latest, told with every detail; then the year, in the notation of `telling`."""
