"""Everything of Aula on one machine: tools, engines, services and the edge."""
